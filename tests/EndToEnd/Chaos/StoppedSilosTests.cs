using Sweeps.Compute.Random;
using Sweeps.EndToEnd.Cluster;
using Xunit.Abstractions;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>SIGSTOP past the loss, and SIGCONT: a suspended machine that comes back and knows nothing of it.</summary>
[Collection(ClusterTests.Name)]
public sealed class StoppedSilosTests(ClusterServer server, ITestOutputHelper output)
{
    private static readonly int Stops = ChaosScale.Of(quick: 1, thorough: 5);

    private static readonly ChaosSweep Sweep = ChaosScale.IsThorough ? ChaosSweep.OfChunks(18) : ChaosSweep.Usual;

    [Fact]
    public async Task Silos_stopped_past_their_loss_register_anew_while_others_do_their_chunks()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        SiloProcess[] silos = [.. Enumerable.Range(0, 3).Select(_ => cluster.StartSilo("--threads", "1", "--lost-after", "2"))];
        string id = cluster.Submit(Sweep.Yaml);
        await cluster.UntilComputingAsync(id);

        RandomStream moments = RandomStream.Of(7, "stop moments\n", "test");
        List<TimeSpan> times = [];
        for (int stop = 0; stop < Stops; stop++)
        {
            // One after the other, from a random one on.
            int first = stop + (int)(silos.Length * moments.Uniform(0));
            var stopped = silos[await AtWork.NextAsync(cluster, silos, first % silos.Length)];
            Assert.False(stopped.EndsWithin(TimeSpan.FromSeconds(moments.Uniform((ulong)stop + 1))));
            string[] names = stopped.Names;
            if (await TakeOver.MeasureAsync(cluster, stopped, stopped.Stop) is { } time) times.Add(time);
            stopped.Continue();
            await stopped.SaysAsync($"{names[^1]} was given up by the cluster");
            await ClusterDeadline.MeetAsync(
                () => Task.FromResult(stopped.Names.Length > names.Length), () => $"the silo does not register anew:\n{stopped.Errors}");
        }

        await cluster.UntilFinishedAsync(id);
        // What they had in hand when they were stopped has come to its end when they have.
        foreach (var silo in silos) silo.Terminate();
        Assert.All(silos, silo => silo.Wait().Exits(0));
        cluster.IsWhole(id, Sweep);
        Assert.All(await cluster.EvidenceAsync(id), evidence => Assert.Equal("expired", evidence.What));
        new RecoveryReport(output).Say("a silo stopped (SIGSTOP), lost after 2 s", "all its chunks granted to others", times);
    }
}
