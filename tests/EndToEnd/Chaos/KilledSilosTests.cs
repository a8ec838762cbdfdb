using Sweeps.Compute.Random;
using Sweeps.EndToEnd.Cluster;
using Xunit.Abstractions;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>SIGKILL, again and again.</summary>
[Collection(ClusterTests.Name)]
public sealed class KilledSilosTests(ClusterServer server, ITestOutputHelper output)
{
    private static readonly int Kills = ChaosScale.Of(quick: 6, thorough: 20);

    private static readonly ChaosSweep Sweep = ChaosScale.IsThorough ? ChaosSweep.OfChunks(24) : ChaosSweep.Longer;

    [Fact]
    public async Task Silos_killed_at_random_moments_and_replaced_change_no_row()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        SiloProcess Start() => cluster.StartSilo("--threads", "1", "--lost-after", ChaosScale.LostAfter(2));
        List<SiloProcess> silos = [Start(), Start(), Start()];
        string id = cluster.Submit(Sweep.Yaml);
        await cluster.UntilComputingAsync(id);

        RandomStream moments = RandomStream.Of(3, "kill moments\n", "test");
        List<Task<TimeSpan?>> takeOvers = [];
        for (int kill = 0; kill < Kills; kill++)
        {
            // Kills are spread over the sweep: the first two come before a chunk has ended, the last when few are left.
            await cluster.UntilAsync(id, sweep => sweep.Progress.Settled >= kill - 1, "the sweep does not go on");
            Assert.False(silos[0].EndsWithin(TimeSpan.FromSeconds(1.5 * moments.Uniform(2 * (ulong)kill + 1))));
            int victim = (int)(silos.Count * moments.Uniform(2 * (ulong)kill));
            var struck = silos[victim];
            // The next kill does not wait until what this one leaves is taken over.
            takeOvers.Add(TakeOver.MeasureAsync(cluster, struck, struck.Kill));
            await ClusterDeadline.MeetAsync(() => Task.FromResult(struck.HasExited), () => "the silo survives SIGKILL");
            silos[victim] = Start();
        }

        TimeSpan?[] times = await Task.WhenAll(takeOvers);
        await cluster.UntilFinishedAsync(id);
        cluster.IsWhole(id, Sweep);
        Assert.All(await cluster.EvidenceAsync(id), evidence => Assert.Equal("expired", evidence.What));
        new RecoveryReport(output).Say(
            $"a silo killed, lost after {ChaosScale.LostAfter(2)} s", "all its chunks granted to others or settled", [.. times.OfType<TimeSpan>()]);
    }
}
