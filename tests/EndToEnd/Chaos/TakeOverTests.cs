using Sweeps.Compute.Random;
using Sweeps.EndToEnd.Cluster;
using Xunit.Abstractions;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>
/// How soon a killed silo's chunks are another's that has nothing to do: whoever keeps house voids them, and it is worst where it was the
/// killed one, since the house passes on first.
/// </summary>
[Collection(ClusterTests.Name)]
public sealed class TakeOverTests(ClusterServer server, ITestOutputHelper output)
{
    [Fact]
    public Task Where_a_second_of_silence_is_a_loss_chunks_are_taken_over_within_two_seconds() => MeasureAsync(
        ["--lost-after", "1"], "lost after 1 s", rounds: ChaosScale.Of(quick: 1, thorough: 4),
        // Real time: with every change it is not the machine that is tested.
        within: TimeSpan.FromSeconds(ChaosScale.Of(quick: 10, thorough: 2)),
        ChaosScale.IsThorough ? ChaosSweep.OfChunks(30) : ChaosSweep.Longer);

    [ThoroughFact]
    public Task By_default_chunks_are_taken_over_within_thirty_seconds() =>
        MeasureAsync([], "lost after 10 s", rounds: 2, within: TimeSpan.FromSeconds(30), ChaosSweep.OfChunks(24));

    private async Task MeasureAsync(string[] options, string settings, int rounds, TimeSpan within, ChaosSweep sweep)
    {
        await using var cluster = await TestCluster.StartAsync(server);
        SiloProcess Start() => cluster.StartSilo(["--threads", "1", .. options]);
        List<SiloProcess> working = [Start()];
        // By the cap, two work, and the third waits for the loss of one.
        string id = cluster.Submit(sweep.Yaml, "--lanes", "2");
        await Spared.UntilItMayBeStruckAsync(cluster, working[0]);
        working.Add(Start());
        await Spared.UntilItMayBeStruckAsync(cluster, working[1]);

        RandomStream moments = RandomStream.Of(5, "take-over moments\n", "test");
        Dictionary<bool, List<TimeSpan>> times = new() { [false] = [], [true] = [] };
        for (int kill = 0; kill < 2 * rounds; kill++)
        {
            bool keepsHouse = kill % 2 == 1;
            var waiting = Start();
            await waiting.SaysAsync("registered as");
            // It was there before the one that waits, and so it is one of those who work.
            string keeper = Assert.Single(await cluster.AskAsync("select holder from sweeps.term where role = 'housekeeping'"));
            var victim = Assert.Single(working, silo => silo.Names[^1] == keeper == keepsHouse);
            await UntilUnharmedAsync(cluster, victim);
            Assert.False(victim.EndsWithin(TimeSpan.FromSeconds(moments.Uniform((ulong)kill))));
            var time = await TakeOver.MeasureAsync(cluster, victim, victim.Kill);
            Assert.NotNull(time);
            times[keepsHouse].Add(time.Value);
            working.Remove(victim);
            working.Add(waiting);
        }

        var report = new RecoveryReport(output);
        foreach (var (keepsHouse, each) in times)
            report.Say(
                $"a silo killed that {(keepsHouse ? "keeps" : "does not keep")} house, {settings}",
                "all its chunks granted to others", each);
        await cluster.UntilFinishedAsync(id);
        cluster.IsWhole(id, sweep);
        Assert.All(times.Values.SelectMany(each => each), time => Assert.InRange(time, TimeSpan.Zero, within));
    }

    // A chunk that died twice is granted alone, and what its worker held besides waits for whoever is free: of that nothing is promised.
    private static async Task UntilUnharmedAsync(TestCluster cluster, SiloProcess victim)
    {
        await ClusterDeadline.MeetAsync(
            async () => (await cluster.AskAsync(
                $"""
                select 'died' from sweeps.chunk
                where deaths > 0 and (state = 'waiting' or state = 'leased' and worker = '{victim.Names[^1]}/0')
                """)).Length == 0,
            () => "chunks that were taken over do not end");
        await Spared.UntilItMayBeStruckAsync(cluster, victim);
    }
}
