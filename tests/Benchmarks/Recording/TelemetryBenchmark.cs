using System.Globalization;
using Sweeps.Benchmarks.Comparisons;

namespace Sweeps.Benchmarks.Recording;

/// <summary>
/// The command <c>telemetry [--pairs N]</c>: how long a scrape of many lanes' series takes, and what it costs a sweep of light points to be
/// recorded and scraped each second, beside the same sweep unrecorded, in turns. Prints figures and their aims; judges nothing.
/// </summary>
internal static class TelemetryBenchmark
{
    private const int UsualPairs = 8;

    public static async Task<int> RunAsync(string[] options, TimeProvider time, TextWriter output, TextWriter errors)
    {
        int pairs = UsualPairs;
        if (options is not [] && !(options is ["--pairs", var text]
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out pairs) && pairs > 0))
        {
            await errors.WriteLineAsync($"telemetry: '{string.Join(' ', options)}' is not --pairs N").ConfigureAwait(false);
            return 2;
        }
        Machine.Print(output);
        await ScrapeCase.RunAsync(time, output).ConfigureAwait(false);
        await LightSweepCase.RunAsync(pairs, time, output).ConfigureAwait(false);
        return 0;
    }
}
