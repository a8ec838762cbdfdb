using Sweeps.EndToEnd.Cluster;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>
/// A chunk whose workers died four times is given up, and rightly so: see <see cref="QuarantineTests"/>. So whoever holds one that was
/// unlucky is spared.
/// </summary>
internal static class Spared
{
    /// <returns>The next silo from the first on that may be struck; the first if all are to be spared.</returns>
    public static async Task<int> NextAsync(TestCluster cluster, IReadOnlyList<SiloProcess> silos, int first)
    {
        string[] spared = await cluster.AskAsync("select worker from sweeps.chunk where state = 'leased' and deaths + deaths_alone >= 3");
        for (int i = 0; ; i++)
        {
            int victim = (first + i) % silos.Count;
            if (i == silos.Count || !spared.Any(worker => silos[victim].Names.Any(name => worker == name + "/0"))) return victim;
        }
    }
}
