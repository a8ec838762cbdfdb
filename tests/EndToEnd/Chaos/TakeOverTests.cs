using System.Globalization;
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
    /// <remarks>Real time: what is promised is seen at length alone; with every change it is the taking over that is tested, not the
    /// machine, and a busy one does not lose silos that live.</remarks>
    [Fact]
    public Task What_a_killed_silo_held_is_soon_anothers_also_when_it_kept_house() =>
        MeasureAsync(TimeSpan.FromSeconds(6), rounds: 1, within: TimeSpan.FromSeconds(60), ChaosSweep.OfChunks(40), untilItsEnd: false);

    [ThoroughFact]
    public Task Where_a_second_of_silence_is_a_loss_chunks_are_taken_over_within_two_seconds() =>
        MeasureAsync(TimeSpan.FromSeconds(1), rounds: 4, within: TimeSpan.FromSeconds(2), ChaosSweep.OfChunks(30));

    [ThoroughFact]
    public Task By_default_chunks_are_taken_over_within_thirty_seconds() =>
        MeasureAsync(null, rounds: 2, within: TimeSpan.FromSeconds(30), ChaosSweep.OfChunks(24));

    private async Task MeasureAsync(TimeSpan? lostAfter, int rounds, TimeSpan within, ChaosSweep sweep, bool untilItsEnd = true)
    {
        await using var cluster = await TestCluster.StartAsync(server);
        string[] options = lostAfter is { } silence ? ["--lost-after", Seconds(silence)] : [];
        SiloProcess Start() => cluster.StartSilo(["--threads", "1", .. options]);
        List<SiloProcess> silos = [Start()];
        // By the cap, two work, and the third waits for the loss of one.
        string id = cluster.Submit(sweep.Yaml, "--lanes", "2");
        await AtWork.UntilAsync(cluster, silos[0]);
        silos.Add(Start());
        await AtWork.UntilAsync(cluster, silos[1]);

        RandomStream moments = RandomStream.Of(5, "take-over moments\n", "test");
        Dictionary<bool, List<TimeSpan>> times = new() { [false] = [], [true] = [] };
        for (int kill = 0; kill < 2 * rounds; kill++)
        {
            bool keepsHouse = kill % 2 == 1;
            silos.Add(Start());
            await silos[^1].SaysAsync("registered as");
            var victim = await VictimAsync(cluster, silos, keepsHouse);
            Assert.False(victim.EndsWithin(TimeSpan.FromSeconds(moments.Uniform((ulong)kill))));
            var time = await TakeOver.MeasureAsync(cluster, victim, victim.Kill);
            Assert.NotNull(time);
            times[keepsHouse].Add(time.Value);
            silos.Remove(victim);
        }

        var report = new RecoveryReport(output);
        foreach (var (keepsHouse, each) in times)
            report.Say(
                $"a silo killed that {(keepsHouse ? "keeps" : "does not keep")} house, lost after {(lostAfter is { } of ? Seconds(of) : "10")} s",
                "all its chunks granted to others", each);
        if (untilItsEnd)
        {
            await cluster.UntilFinishedAsync(id);
            cluster.IsWhole(id, sweep);
        }
        Assert.All(times.Values.SelectMany(each => each), time => Assert.InRange(time, TimeSpan.Zero, within));
    }

    /// <summary>Waits for a silo at work that keeps house, or does not.</summary>
    private static async Task<SiloProcess> VictimAsync(TestCluster cluster, List<SiloProcess> silos, bool keepsHouse)
    {
        SiloProcess? victim = null;
        await ClusterDeadline.MeetAsync(
            async () =>
            {
                string[] keeper = await cluster.AskAsync("select holder from sweeps.term where role = 'housekeeping'");
                // A chunk that died twice is granted alone, and what its worker held besides waits for whoever is free: of that nothing is
                // promised.
                string[] atWork = await cluster.AskAsync(
                    """
                    select worker from sweeps.chunk where state = 'leased' group by worker having max(deaths) = 0
                        and not exists (select from sweeps.chunk where state = 'waiting' and deaths > 0)
                    """);
                victim = silos.Find(silo => keeper.Contains(silo.Names[^1]) == keepsHouse && atWork.Contains($"{silo.Names[^1]}/0"));
                return victim is not null;
            },
            () => $"no silo at work {(keepsHouse ? "keeps" : "does not keep")} house, or chunks that were taken over do not end:\n"
                + string.Join('\n', silos.Select(silo => silo.Errors)));
        return victim!;
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString(CultureInfo.InvariantCulture);
}
