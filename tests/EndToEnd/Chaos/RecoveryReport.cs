using System.Globalization;
using Xunit.Abstractions;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>
/// Measured recovery times: printed with the test, and appended to the file that <c>SWEEPS_CHAOS_REPORT</c> names, a line each.
/// </summary>
internal sealed class RecoveryReport(ITestOutputHelper output)
{
    private static readonly Lock Gate = new();
    private static readonly string? File = Environment.GetEnvironmentVariable("SWEEPS_CHAOS_REPORT");

    /// <summary>Says how long a cluster took to recover from a failure, as median and largest of all times seen.</summary>
    /// <param name="failure">Which, in words, with the settings that matter.</param>
    /// <param name="recovery">What counts as recovered, in words.</param>
    /// <param name="times">One for each time that it was caused; may not be empty.</param>
    public void Say(string failure, string recovery, IReadOnlyCollection<TimeSpan> times)
    {
        double[] seconds = [.. times.Select(time => time.TotalSeconds).Order()];
        // Of an even number the upper one of the two in the middle: never the friendlier.
        double median = seconds[seconds.Length / 2], largest = seconds[^1];
        string line = string.Create(
            CultureInfo.InvariantCulture, $"{failure} | {recovery} | {seconds.Length} | {median:0.0} s | {largest:0.0} s");
        output.WriteLine(line);
        if (File is null) return;
        lock (Gate) System.IO.File.AppendAllText(File, line + "\n");
    }
}
