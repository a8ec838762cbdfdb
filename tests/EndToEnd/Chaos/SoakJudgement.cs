namespace Sweeps.EndToEnd.Chaos;

/// <summary>Whether figures grew from the first minutes after the warm-up to the last minutes, by the medians of both windows.</summary>
internal sealed class SoakJudgement(SoakLength length, IReadOnlyList<SoakSample> samples, Action<string> say)
{
    private const double LargestGrowth = 0.05;

    // Of an hour's two windows the middles lie 40 minutes apart: a leak of one in four minutes is more than this, and chance is less.
    private const int MoreDescriptors = 8, MoreThreads = 6, MoreConnections = 2;

    private readonly SoakSample[] early = [.. samples.Where(sample => length.IsEarly(sample.At))];
    private readonly SoakSample[] late = [.. samples.Where(sample => length.IsLate(sample.At))];
    private readonly List<string> grown = [];

    /// <summary>Asserts that nothing grew, having told all figures.</summary>
    public void NothingGrew()
    {
        say($"medians over {length.Windows}:");
        for (int i = 0; i < samples[0].Silos.Length; i++)
        {
            int silo = i;
            Judge($"silo {i}: resident memory, MiB", sample => sample.Silos[silo].Resident, median => median * (1 + LargestGrowth));
            Judge($"silo {i}: anonymous memory, MiB", sample => sample.Silos[silo].Anonymous, limit: null);
            Judge($"silo {i}: open files", sample => sample.Silos[silo].Descriptors, median => median + MoreDescriptors);
            Judge($"silo {i}: threads", sample => sample.Silos[silo].Threads, median => median + MoreThreads);
            Judge(
                $"silo {i}: connections", sample => sample.Connections.IsEmpty ? null : sample.Connections[silo],
                median => median + MoreConnections);
        }
        Judge("connections of all", sample => sample.AllConnections, median => median + MoreConnections);
        Judge("database, MiB", sample => sample.DatabaseSize, limit: null);
        Assert.True(grown.Count == 0, string.Join('\n', grown));
    }

    private void Judge(string what, Func<SoakSample, double?> figure, Func<double, double>? limit)
    {
        double first = Median(early, figure), last = Median(late, figure);
        string line = FormattableString.Invariant($"{what}: {first:0.0} → {last:0.0} ({100 * (last / first - 1):+0.0;-0.0} %)");
        if (limit is not null && last > limit(first)) grown.Add(line += FormattableString.Invariant($", more than {limit(first):0.0}"));
        say(line);
    }

    private static double Median(SoakSample[] window, Func<SoakSample, double?> figure)
    {
        double[] sorted = [.. window.Select(figure).OfType<double>().Order()];
        return sorted[sorted.Length / 2];
    }
}
