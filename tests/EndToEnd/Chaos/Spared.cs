using Sweeps.EndToEnd.Cluster;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>
/// A chunk whose worker died twice with nothing else in hand is given up, and rightly so: see <see cref="QuarantineTests"/>. So whoever holds
/// one with which that has happened once is spared.
/// </summary>
internal static class Spared
{
    private const string Unlucky = "select worker from sweeps.chunk where state = 'leased' and deaths_alone > 0";
    private const string AtWork = "select worker from sweeps.chunk where state = 'leased'";

    /// <returns>The next silo from the first on that may be struck; the first if all are to be spared.</returns>
    public static async Task<int> NextAsync(TestCluster cluster, IReadOnlyList<SiloProcess> silos, int first)
    {
        string[] spared = await cluster.AskAsync(Unlucky);
        for (int i = 0; ; i++)
        {
            int victim = (first + i) % silos.Count;
            if (i == silos.Count || !Holds(silos[victim], spared)) return victim;
        }
    }

    /// <summary>Waits until a silo holds chunks, and none that was unlucky.</summary>
    /// <returns>The next from the first on; not every silo gets one of few chunks.</returns>
    public static async Task<int> NextAtWorkAsync(TestCluster cluster, IReadOnlyList<SiloProcess> silos, int first)
    {
        int victim = -1;
        await ClusterDeadline.MeetAsync(
            async () =>
            {
                string[] spared = await cluster.AskAsync(Unlucky), working = await cluster.AskAsync(AtWork);
                victim = Enumerable.Range(first, silos.Count).Select(number => number % silos.Count)
                    .FirstOrDefault(number => Holds(silos[number], working) && !Holds(silos[number], spared), -1);
                return victim >= 0;
            },
            () => "no silo takes a chunk, or all have unlucky ones:\n" + string.Join('\n', silos.Select(silo => silo.Errors)));
        return victim;
    }

    public static async Task<bool> IsAsync(TestCluster cluster, SiloProcess silo) => Holds(silo, await cluster.AskAsync(Unlucky));

    /// <summary>Waits until a silo holds chunks, and none that was unlucky.</summary>
    public static Task UntilItMayBeStruckAsync(TestCluster cluster, SiloProcess silo) => NextAtWorkAsync(cluster, [silo], 0);

    private static bool Holds(SiloProcess silo, string[] workers) => workers.Any(worker => silo.Names.Any(name => worker == name + "/0"));
}
