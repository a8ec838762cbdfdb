using Sweeps.EndToEnd.Cluster;
using Xunit.Abstractions;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>A server that has no connection left, for longer than a silo may be silent.</summary>
[Collection(ClusterTests.Name)]
public sealed class ExhaustedConnectionsTests(ClusterServer server, ITestOutputHelper output)
{
    private const int Times = 3;

    private static readonly ChaosSweep Sweep = ChaosSweep.OfChunks(16);

    [ThoroughFact]
    public async Task A_server_without_a_free_connection_is_waited_for_and_told_of_and_costs_no_silo_its_life()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        SiloProcess Start() => cluster.StartSilo("--threads", "1", "--lost-after", "4");
        List<SiloProcess> silos = [Start(), Start()];
        string id = cluster.Submit(Sweep.Yaml);
        await cluster.UntilComputingAsync(id);

        List<TimeSpan> times = [];
        for (int time = 0; time < Times; time++)
        {
            await cluster.UntilAsync(id, sweep => sweep.Progress.Settled >= 2 * time, "the sweep does not go on");
            string freed;
            await using (await ConnectionHog.TakeAllAsync(cluster))
            {
                var late = Start();
                silos.Add(late);
                var refused = cluster.Sweeps("status", id).Exits(3);
                Assert.Contains("has no connection left", Assert.Single(refused.Errors.Trim().Split('\n')), StringComparison.Ordinal);
                Assert.Contains("max_connections", refused.Errors, StringComparison.Ordinal);
                foreach (var silo in silos) await silo.SaysAsync("has no connection left");
                Assert.False(late.EndsWithin(TimeSpan.FromSeconds(6)));
                Assert.Empty(late.Names);
                freed = Assert.Single(await cluster.AskAsync("select clock_timestamp()::text"));
            }
            times.Add(await Resumption.AfterAsync(cluster, $"timestamptz '{freed}'"));
            await silos[^1].SaysAsync("registered as");
        }

        await cluster.UntilFinishedAsync(id);
        cluster.IsWhole(id, Sweep);
        Assert.Empty(await cluster.EvidenceAsync(id));
        Assert.All(silos, silo => Assert.False(silo.HasExited));
        Assert.All(silos, silo => Assert.Single(silo.Names));
        new RecoveryReport(output).Say(
            "no connection left for 6 s and more", "from when there are some to the first chunk settled or granted", times);
    }
}
