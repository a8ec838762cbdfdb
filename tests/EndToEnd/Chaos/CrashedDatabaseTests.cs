using Sweeps.Compute.Random;
using Sweeps.EndToEnd.Cluster;
using Xunit.Abstractions;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>PostgreSQL ended at once, as in a power cut, and started again.</summary>
[Collection(ClusterTests.Name)]
public sealed class CrashedDatabaseTests(ClusterServer server, ITestOutputHelper output)
{
    private static readonly int Crashes = ChaosScale.Of(quick: 1, thorough: 5);

    private static readonly ChaosSweep Sweep = ChaosScale.IsThorough ? ChaosSweep.OfChunks(16) : ChaosSweep.Usual;

    [Fact]
    public async Task A_database_that_crashes_and_comes_back_costs_no_silo_and_no_chunk_its_life()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        SiloProcess[] silos = [.. Enumerable.Range(0, 3).Select(_ => cluster.StartSilo("--threads", "1", "--lost-after", ChaosScale.LostAfter(4)))];
        string id = cluster.Submit(Sweep.Yaml);
        await cluster.UntilComputingAsync(id);

        RandomStream moments = RandomStream.Of(11, "crash moments\n", "test");
        List<TimeSpan> times = [];
        for (int crash = 0; crash < Crashes; crash++)
        {
            await cluster.UntilAsync(id, sweep => sweep.Progress.Settled >= 2 * crash, "the sweep does not go on");
            Assert.False(silos[0].EndsWithin(TimeSpan.FromSeconds(1.5 * moments.Uniform((ulong)crash))));
            await server.Process.CrashAsync();
            await server.Process.StartAgainAsync();
            times.Add(await Resumption.AfterAsync(cluster, "pg_postmaster_start_time()"));
        }

        await cluster.UntilFinishedAsync(id);
        cluster.IsWhole(id, Sweep);
        Assert.Empty(await cluster.EvidenceAsync(id));
        Assert.All(silos, silo => Assert.False(silo.HasExited));
        Assert.All(silos, silo => Assert.Single(silo.Names));
        new RecoveryReport(output).Say(
            "PostgreSQL ended at once and started again", "from its start to the first chunk settled or granted", times);
    }
}
