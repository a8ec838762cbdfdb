using System.Globalization;
using Sweeps.Benchmarks.Comparisons;

namespace Sweeps.Benchmarks.Recording;

/// <summary>
/// The command <c>telemetry [--pairs N] [--points N]</c>: how long a scrape of many lanes' series takes, and what it costs a sweep of light
/// points to be recorded and scraped each second, beside the same sweep unrecorded, in turns.
/// </summary>
internal static class TelemetryBenchmark
{
    private const int UsualPairs = 8;
    private const int UsualPoints = 100_000;

    /// <returns>
    /// 1 if a scrape takes longer than its aim, or recording clearly more than it may, in three pairs of four: one pair on a machine that
    /// others use, too, is off by more than the aim. 2 if the request is wrong.
    /// </returns>
    public static async Task<int> RunAsync(string[] options, TimeProvider time, TextWriter output, TextWriter errors)
    {
        int pairs = UsualPairs, points = UsualPoints;
        for (int i = 0; i < options.Length; i += 2)
        {
            string? value = i + 1 < options.Length ? options[i + 1] : null;
            bool good = options[i] switch
            {
                "--pairs" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out pairs) && pairs > 0,
                "--points" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out points)
                    && points >= LightSweepCase.FewestPoints,
                _ => false,
            };
            if (good) continue;
            await errors.WriteLineAsync(
                $"telemetry: '{string.Join(' ', options[i..])}' is not --pairs N or --points N (from {LightSweepCase.FewestPoints})")
                .ConfigureAwait(false);
            return 2;
        }
        Machine.Print(output);
        double scrape = await ScrapeCase.RunAsync(time, output).ConfigureAwait(false);
        double[] cost = await LightSweepCase.RunAsync(pairs, points, time, output).ConfigureAwait(false);
        return scrape > ScrapeCase.Aim || cost[cost.Length / 4] > LightSweepCase.Aim ? 1 : 0;
    }
}
