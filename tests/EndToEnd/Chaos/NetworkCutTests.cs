using System.Globalization;
using Sweeps.Compute.Random;
using Sweeps.EndToEnd.Cluster;
using Xunit.Abstractions;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>
/// A silo whose packets vanish on their way, without a word to either end: one of three, in a network of its own. The others' and the
/// users' links stand.
/// </summary>
[Collection(ClusterTests.Name)]
public sealed class NetworkCutTests(ClusterServer server, ITestOutputHelper output) : IAsyncLifetime
{
    private readonly RecoveryReport report = new(output);
    private readonly RandomStream moments = RandomStream.Of(5, "cut moments\n", "test");
    private SiloNetwork? network;

    public async Task InitializeAsync()
    {
        network = await SiloNetwork.MakeAsync();
        await server.Process.ListenAlsoAsync(network.Host, network.Range);
    }

    public async Task DisposeAsync()
    {
        if (network is not null) await network.DisposeAsync();
    }

    [NetworkFact(thorough: true)]
    public async Task A_cut_shorter_than_silence_may_be_costs_no_silo_and_no_chunk_its_life()
    {
        const double LostAfter = 8;
        const int Times = 3;
        List<TimeSpan> heard = [];
        for (int i = 0; i < Times; i++)
        {
            await using var cluster = await TestCluster.StartAsync(server);
            var (id, cut, _, _) = await BeginAsync(cluster, LostAfter);
            await network!.CutAsync();
            // A connection that stood still for t asks again within another t: more than half of the silence allowed may be too much.
            Assert.False(cut.EndsWithin(TimeSpan.FromSeconds(LostAfter * (0.1 + 0.2 * moments.Uniform((ulong)i)))));
            heard.Add(await TimeAsync(network.MendAsync, () => IsHeardAsync(cluster, cut), () => $"it is not heard:\n{cut.Errors}"));

            await cluster.UntilFinishedAsync(id);
            cluster.IsWhole(id, ClusterSpec.Usual, ClusterSpec.UsualPoints);
            cluster.NoSiloFailed();
            Assert.Single(cut.Names);
            Assert.Empty(await cluster.EvidenceAsync(id));
        }
        report.Say($"a silo is cut off for less than --lost-after ({LostAfter} s)", "from the link's return until the silo is heard", heard);
    }

    [NetworkFact]
    public Task A_silo_cut_off_for_longer_loses_its_chunks_registers_anew_when_the_link_is_back_and_does_what_is_left() =>
        LoseAsync("a silo is cut off", network => network.CutAsync());

    [NetworkFact(thorough: true)]
    public Task A_silo_whose_answers_are_lost_doubles_nothing_though_all_that_it_asks_for_is_done() =>
        LoseAsync("answers to a silo are lost", network => network.LoseAnswersAsync());

    // A silo that can be cut off has chunks of the usual sweep in hand; then two of the usual join it.
    private async Task<(string Id, SiloProcess Cut, string Held, SiloProcess[] Others)> BeginAsync(TestCluster cluster, double lostAfter)
    {
        string[] options = ["--threads", "1", "--lost-after", lostAfter.ToString(CultureInfo.InvariantCulture)];
        var cut = cluster.StartSiloUnder(network!.Enter, network.Host, options);
        string id = cluster.Submit(ClusterSpec.Usual);
        await cluster.UntilComputingAsync(id);
        string held = string.Join(',', await cluster.AskAsync("select number::text from sweeps.chunk where state = 'leased'"));
        SiloProcess[] others = [.. Enumerable.Range(0, 2).Select(_ => cluster.StartSilo([.. options, "--grace", "0.1"]))];
        foreach (var other in others) await other.SaysAsync("registered as");
        return (id, cut, held, others);
    }

    private async Task LoseAsync(string what, Func<SiloNetwork, Task> lose)
    {
        List<TimeSpan> taken = [], registered = [], back = [];
        for (int i = 0; i < ChaosScale.Of(1, 3); i++)
        {
            await using var cluster = await TestCluster.StartAsync(server);
            var (id, cut, held, others) = await BeginAsync(cluster, ChaosScale.LostAfterSeconds(2));
            string old = cut.Names[^1];
            taken.Add(await TimeAsync(
                () => lose(network!),
                async () => (await AnyAsync(cluster, $"number in ({held}) and worker <> '{old}/0'")).Length > 0,
                () => $"nobody takes the chunks of {old}"));
            // So there is something left for it to compute, and it computes all of that alone.
            foreach (var other in others) other.Terminate();
            foreach (var other in others) other.Wait().Exits(0);
            // From a moment to what has been given up by all that wait for it.
            if (i > 0) Assert.False(cut.EndsWithin(TimeSpan.FromSeconds(30 * moments.Uniform((ulong)i))));

            registered.Add(await TimeAsync(
                network!.MendAsync, () => Task.FromResult(cut.Names.Length > 1), () => $"it does not register anew:\n{cut.Errors}"));
            back.Add(registered[^1] + await TimeAsync(
                () => Task.CompletedTask,
                async () => (await AnyAsync(cluster, $"worker = '{cut.Names[^1]}/0'")).Length > 0,
                () => $"it does not compute again:\n{cut.Errors}"));
            Assert.Contains($"{old} was given up by the cluster", cut.Errors, StringComparison.Ordinal);

            await cluster.UntilFinishedAsync(id);
            cluster.IsWhole(id, ClusterSpec.Usual, ClusterSpec.UsualPoints);
            Assert.All(await cluster.EvidenceAsync(id), evidence => Assert.Equal("expired", evidence.What));
            cluster.NoSiloFailed();
        }
        report.Say($"{what} (--lost-after {ChaosScale.LostAfter(2)} s)", "from the cut until another holds a chunk of its", taken);
        report.Say($"{what} until its chunks are others'", "from the link's return until it has registered anew", registered);
        report.Say($"{what} until its chunks are others'", "from the link's return until it holds a chunk", back);
    }

    private static Task<string[]> AnyAsync(TestCluster cluster, string which) =>
        cluster.AskAsync($"select number::text from sweeps.chunk where state in ('leased', 'settled') and {which}");

    private static async Task<bool> IsHeardAsync(TestCluster cluster, SiloProcess silo) =>
        (await cluster.AskAsync(
            $"select name from sweeps.silo where name = '{silo.Names[^1]}' and heard_at > now() - interval '0.5 seconds'")).Length > 0;

    private static async Task<TimeSpan> TimeAsync(Func<Task> act, Func<Task<bool>> happened, Func<string> otherwise)
    {
        await act();
        long since = TimeProvider.System.GetTimestamp();
        await ClusterDeadline.MeetAsync(happened, otherwise);
        return TimeProvider.System.GetElapsedTime(since);
    }
}
