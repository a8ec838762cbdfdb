using Sweeps.EndToEnd.Cluster;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>Silos that hold chunks: not every silo gets one of few.</summary>
internal static class AtWork
{
    /// <summary>Waits until a silo holds chunks.</summary>
    /// <returns>The next of them, from the first on.</returns>
    public static async Task<int> NextAsync(TestCluster cluster, IReadOnlyList<SiloProcess> silos, int first)
    {
        int found = -1;
        await ClusterDeadline.MeetAsync(
            async () =>
            {
                string[] workers = await cluster.AskAsync("select worker from sweeps.chunk where state = 'leased'");
                found = Enumerable.Range(first, silos.Count).Select(number => number % silos.Count)
                    .FirstOrDefault(number => silos[number].Names.Any(name => workers.Contains(name + "/0")), -1);
                return found >= 0;
            },
            () => "no silo takes a chunk:\n" + string.Join('\n', silos.Select(silo => silo.Errors)));
        return found;
    }

    /// <summary>Waits until this silo holds chunks.</summary>
    public static Task UntilAsync(TestCluster cluster, SiloProcess silo) => NextAsync(cluster, [silo], 0);
}
