using System.Globalization;
using Sweeps.Benchmarks.Comparisons;

namespace Sweeps.Benchmarks.Watching;

/// <summary>
/// The command <c>watching [--watchers N] [--seconds N] [--points N] [--only watchers|opening]</c>: what a dashboard costs while many follow one sweep,
/// and how long the page of a large sweep takes to open; on a real silo and a real PostgreSQL beside it.
/// </summary>
internal static class WatchingBenchmark
{
    private const int UsualWatchers = 200;
    private const int UsualSeconds = 60;
    private const int UsualPoints = 1_000_000;

    // A machine that does other things as well takes longer; what takes more than this is not that machine's fault.
    private const double ClearFactor = 2;

    /// <returns>
    /// 1 if an aim was missed by more than <see cref="ClearFactor"/>, 2 if the request is wrong, 3 if something is missing.
    /// </returns>
    public static async Task<int> RunAsync(string[] options, TimeProvider time, TextWriter output, TextWriter errors)
    {
        int watchers = UsualWatchers, seconds = UsualSeconds, points = UsualPoints;
        string? only = null;
        for (int i = 0; i < options.Length; i += 2)
        {
            string? value = i + 1 < options.Length ? options[i + 1] : null;
            bool good = options[i] switch
            {
                "--watchers" => IsWhole(value, out watchers) && watchers is > 0 and <= 500,
                "--seconds" => IsWhole(value, out seconds) && seconds is >= 10 and <= 3600,
                "--points" => IsWhole(value, out points) && points is >= 100 and <= 100_000_000,
                "--only" => (only = value) is "watchers" or "opening",
                _ => false,
            };
            if (good) continue;
            await errors.WriteLineAsync(
                $"watching: '{string.Join(' ', options[i..])}' is not --watchers N (to 500), --seconds N (from 10), --points N (from 100) "
                + "or --only watchers|opening")
                .ConfigureAwait(false);
            return 2;
        }
        Machine.Print(output);
        bool isFarOff = false;
        try
        {
            var cluster = await WatchedCluster.StartAsync(CancellationToken.None).ConfigureAwait(false);
            await using (cluster.ConfigureAwait(false))
            {
                if (only is not "watchers")
                {
                    var (answered, painted) = await new OpeningCase(cluster, time, output).RunAsync(points, CancellationToken.None)
                        .ConfigureAwait(false);
                    await JudgeAsync("page and figure of a large sweep", answered, OpeningCase.Aim, "s").ConfigureAwait(false);
                    if (painted is { } later) await JudgeAsync("the same painted by chromium", later, OpeningCase.Aim, "s").ConfigureAwait(false);
                }
                if (only is not "opening")
                {
                    double share = await new WatchersCase(cluster, TimeSpan.FromSeconds(seconds), time, output)
                        .RunAsync(watchers, CancellationToken.None).ConfigureAwait(false);
                    await JudgeAsync($"{watchers} watchers", 100 * share, 100 * WatchersCase.Aim, "% of a core").ConfigureAwait(false);
                }
            }
            return isFarOff ? 1 : 0;
        }
        catch (CommandException missing)
        {
            await errors.WriteLineAsync($"watching: {missing.Message}").ConfigureAwait(false);
            return 3;
        }

        Task JudgeAsync(string what, double measured, double aim, string unit)
        {
            isFarOff |= measured > ClearFactor * aim;
            string verdict = measured <= aim ? "met" : measured <= ClearFactor * aim ? "missed" : "missed by far";
            return output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"aim: {what} below {aim:G3} {unit}: {verdict} ({measured:G3})"));
        }
    }

    private static bool IsWhole(string? text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
