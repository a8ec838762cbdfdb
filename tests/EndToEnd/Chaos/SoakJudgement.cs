namespace Sweeps.EndToEnd.Chaos;

/// <summary>
/// Whether figures grew from the first minutes after the warm-up to the last minutes: memory by the medians of both windows, what is counted
/// by the least. What leaked is never given back, so the quietest moment has it too; how much is in use otherwise goes with the machine's load.
/// </summary>
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
        say($"over {length.Windows}:");
        for (int i = 0; i < samples[0].Silos.Length; i++)
        {
            int silo = i;
            Judge($"silo {i}: resident memory, MiB, median", Median, sample => sample.Silos[silo].Resident, before => before * (1 + LargestGrowth));
            Judge($"silo {i}: anonymous memory, MiB, median", Median, sample => sample.Silos[silo].Anonymous, limit: null);
            Judge($"silo {i}: open files, least", Enumerable.Min, sample => sample.Silos[silo].Descriptors, before => before + MoreDescriptors);
            Judge($"silo {i}: threads, least", Enumerable.Min, sample => sample.Silos[silo].Threads, before => before + MoreThreads);
            Judge(
                $"silo {i}: connections, least", Enumerable.Min,
                sample => sample.Connections.IsEmpty ? null : sample.Connections[silo], before => before + MoreConnections);
        }
        Judge("connections of all, least", Enumerable.Min, sample => sample.AllConnections, before => before + MoreConnections);
        Judge("database, MiB, median", Median, sample => sample.DatabaseSize, limit: null);
        Assert.True(grown.Count == 0, string.Join('\n', grown));
    }

    private void Judge(
        string what, Func<IEnumerable<double>, double> of, Func<SoakSample, double?> figure, Func<double, double>? limit)
    {
        double first = of(early.Select(figure).OfType<double>()), last = of(late.Select(figure).OfType<double>());
        string line = FormattableString.Invariant($"{what}: {first:0.0} → {last:0.0} ({100 * (last / first - 1):+0.0;-0.0} %)");
        if (limit is not null && last > limit(first)) grown.Add(line += FormattableString.Invariant($", more than {limit(first):0.0}"));
        say(line);
    }

    private static double Median(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        return sorted[sorted.Length / 2];
    }
}
