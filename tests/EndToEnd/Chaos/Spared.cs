using Sweeps.EndToEnd.Cluster;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>
/// A chunk whose worker died twice with nothing else in hand is given up, and rightly so: see <see cref="QuarantineTests"/>. So whoever holds
/// one with which that has happened once is spared.
/// </summary>
internal static class Spared
{
    private const string Unlucky = "select worker from sweeps.chunk where state = 'leased' and deaths_alone > 0";

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

    public static async Task<bool> IsAsync(TestCluster cluster, SiloProcess silo) => Holds(silo, await cluster.AskAsync(Unlucky));

    /// <summary>Waits until a silo holds chunks, and none that was unlucky.</summary>
    public static Task UntilItMayBeStruckAsync(TestCluster cluster, SiloProcess silo) => ClusterDeadline.MeetAsync(
        async () => !await IsAsync(cluster, silo)
            && Holds(silo, await cluster.AskAsync("select worker from sweeps.chunk where state = 'leased'")),
        () => $"the silo takes no chunk, or does not end an unlucky one:\n{silo.Errors}");

    private static bool Holds(SiloProcess silo, string[] workers) => workers.Any(worker => silo.Names.Any(name => worker == name + "/0"));
}
