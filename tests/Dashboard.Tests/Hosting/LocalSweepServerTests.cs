using System.Net;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Status;
using Sweeps.Fakes;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Specs;
using Sweeps.Grains.Workers;

namespace Sweeps.Dashboard.Tests.Hosting;

/// <summary>A run of ten points, a chunk each, of which each waits until it may go on.</summary>
public sealed class LocalSweepServerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sweeps-local-");
    private readonly SemaphoreSlim gate = new(0), begun = new(0);
    private readonly CancellationTokenSource stop = new();
    private readonly FakeExperiment experiment;
    private readonly LocalSweepServer server = new(TimeProvider.System);

    public LocalSweepServerTests() => experiment = new()
    {
        Before = _ =>
        {
            begun.Release();
            gate.Wait(stop.Token);
        },
    };

    private string Dataset => Path.Combine(folder.FullName, "drift");

    public void Dispose()
    {
        stop.Dispose();
        gate.Dispose();
        begun.Dispose();
        folder.Delete(recursive: true);
    }

    private LocalSweep Open(string? text = null)
    {
        var reading = SpecReader.Read(text ?? FakeCluster.SpecText(), "test.yaml", [], [experiment]);
        return Assert.IsType<LocalSweepOpening.Opened>(LocalSweep.Open(Dataset, reading.Spec, [experiment], TimeProvider.System)).Sweep;
    }

    private Task<SweepOutcome> Begin(LocalSweep sweep)
    {
        LaneProcessor[] lanes = [new(1)];
        server.Show(sweep, lanes, stop.Cancel);
        return Task.Run(() => sweep.RunAsync(lanes, server, stop.Token));
    }

    private async Task<ServerSweep> FindAsync() => Assert.IsType<ServerSweep>(await server.FindAsync("drift", default));

    [Fact]
    public async Task Before_a_run_has_begun_there_is_nothing_to_see()
    {
        Assert.Empty(await server.ListAsync(true, default));
        Assert.Empty(await server.SilosAsync(default));
        Assert.Null(await server.FindAsync("drift", default));
        Assert.IsType<ServerAnswer.Unknown>(await server.PauseAsync("drift", default));
        Assert.False((await new LocalDatasets(server, [experiment]).OpenAsync("drift", default)).IsRight);
    }

    [Fact]
    public async Task A_run_is_a_sweep_by_its_folders_name_on_a_silo_that_is_this_machine()
    {
        using var sweep = Open();
        var run = Begin(sweep);
        Assert.True(await begun.WaitAsync(Patience));

        var seen = await FindAsync();
        Assert.Equal((SweepState.Running, 10L, 1), (seen.State(), seen.Points, seen.Lanes));
        Assert.Equal(seen.Progress.Chunks, seen.Progress.Settled + seen.Progress.Leased + seen.Progress.Waiting + seen.Progress.Quarantined);
        Assert.Equal(sweep.Spec.Hash, seen.SpecHash);
        Assert.Single(await server.ListAsync(false, default));
        Assert.Null(await server.FindAsync("drift-1", default));
        Assert.Null(await server.FindAsync("../drift", default));
        var silo = Assert.Single(await server.SilosAsync(default));
        Assert.Equal(("drift", null), Assert.Single(silo.Lanes) is var lane ? (lane.Sweep, lane.PointsPerSecond) : default);
        var recent = (await server.RecentChunksAsync("drift", default))!;
        Assert.All(recent.Chunks, chunk => Assert.Equal((lane.Worker, null, null), (chunk.Worker, chunk.SettledAt, chunk.Points)));
        Assert.Contains(recent.Chunks, chunk => chunk.Chunk == 0);
        Assert.Null(await server.RecentChunksAsync("drift-1", default));
        Assert.Equal(Dataset, Assert.Single(((ServerSilo[])[silo]).DatasetFolders("drift")));
        using (var dataset = (await new LocalDatasets(server, [experiment]).OpenAsync("drift", default)).Value!)
            Assert.Equal(10, dataset.Grid.Count);

        gate.Release(10);
        Assert.IsType<SweepOutcome.Completed>(await run.WaitAsync(Patience));
        await server.EndAsync(await run);
        seen = await FindAsync();
        Assert.Equal((SweepState.Complete, 10L), (seen.State(), seen.Progress.PointsDone));
        Assert.NotNull(seen.EndedAt);
        Assert.Empty(await server.ListAsync(false, default));
        Assert.Single(await server.ListAsync(true, default));
        Assert.Equal(Refusal.Completed, Assert.IsType<ServerAnswer.Refused>(await server.PauseAsync("drift", default)).Reason);
    }

    [Fact]
    public async Task Who_waits_hears_of_progress_and_of_the_end()
    {
        using var sweep = Open();
        var run = Begin(sweep);
        Assert.True(await begun.WaitAsync(Patience));
        var waiting = server.WaitForChangeAsync("drift", Timeout.InfiniteTimeSpan, default);
        Assert.False(waiting.IsCompleted);
        gate.Release(10);
        await waiting.WaitAsync(Patience);

        await run.WaitAsync(Patience);
        var follower = FollowToTheEndAsync();
        await server.EndAsync(await run).WaitAsync(Patience);
        Assert.Equal(SweepState.Complete, await follower.WaitAsync(Patience));

        async Task<SweepState> FollowToTheEndAsync()
        {
            while (true)
            {
                var seen = await FindAsync();
                if (seen.EndedAt is not null) return seen.State();
                await server.WaitForChangeAsync("drift", TimeSpan.FromSeconds(1), default);
            }
        }
    }

    [Fact]
    public async Task Pausing_begins_no_further_chunk_until_it_is_resumed()
    {
        using var sweep = Open();
        var run = Begin(sweep);
        Assert.True(await begun.WaitAsync(Patience));
        Assert.IsType<ServerAnswer.Done>(await server.PauseAsync("drift", default));
        Assert.Equal(SweepState.Paused, (await FindAsync()).State());
        gate.Release(10);
        while ((await FindAsync()).Progress.Leased > 0) await server.WaitForChangeAsync("drift", TimeSpan.FromMilliseconds(20), default);
        Assert.True((await FindAsync()).Progress.PointsDone < 10);
        Assert.False(run.IsCompleted);

        Assert.IsType<ServerAnswer.Done>(await server.ResumeAsync("drift", null, default));
        Assert.IsType<SweepOutcome.Completed>(await run.WaitAsync(Patience));
        Assert.Equal(["started", "paused", "resumed"], LocalSweepStatus.Read(Dataset, [experiment]).Events.Select(each => each.What).Take(3));
    }

    [Fact]
    public async Task Cancelling_ends_the_run_as_an_interruption_and_says_how_to_go_on()
    {
        using var sweep = Open();
        var run = Begin(sweep);
        Assert.True(await begun.WaitAsync(Patience));
        Assert.IsType<ServerAnswer.Done>(await server.CancelAsync("drift", default));
        Assert.IsType<SweepOutcome.Interrupted>(await run.WaitAsync(Patience));
        await server.EndAsync(await run);
        var seen = await FindAsync();
        Assert.Equal(SweepState.Cancelled, seen.State());
        Assert.Contains($"sweeps resume {Dataset}", Assert.Single(seen.Notes), StringComparison.Ordinal);
        Assert.Equal(Refusal.Cancelled, Assert.IsType<ServerAnswer.Refused>(await server.ResumeAsync("drift", null, default)).Reason);
    }

    [Fact]
    public async Task Chunks_of_which_points_failed_are_evidence()
    {
        gate.Release(40);
        using var sweep = Open("name: failing\nexperiment: fake\naxes:\n  slope: { from: 1, to: 40, count: 40 }\ntimes: []\n");
        Assert.IsType<SweepOutcome.CompletedWithFailures>(await Begin(sweep).WaitAsync(Patience));
        var evidence = Assert.Single(await server.EvidenceAsync("drift", 10, default));
        Assert.Equal("failed", evidence.What);
        Assert.Equal("1 point, the first for: the height of slope 13 is not finite", evidence.Cause);
        Assert.Empty(await server.EvidenceAsync("drift", 0, default));
        Assert.Empty(await server.EvidenceAsync("other", 10, default));
    }

    [Fact]
    public async Task The_pages_of_a_run_say_that_it_can_be_resumed_and_offer_nothing_that_is_refused()
    {
        using var sweep = Open();
        var run = Begin(sweep);
        Assert.True(await begun.WaitAsync(Patience));
        var source = new SweepSource(server, new LocalDatasets(server, [experiment]), [experiment], TimeProvider.System);
        await using var dashboard = await DashboardServer.StartAsync(new(new(IPAddress.Loopback, 0)), source, default);
        using var client = new HttpClient { BaseAddress = dashboard.Address };
        client.DefaultRequestHeaders.Add("Origin", $"http://{dashboard.Address.Authority}");
        client.DefaultRequestHeaders.Add("Accept", "text/html");

        string list = await client.GetStringAsync(new Uri("/", UriKind.Relative));
        string page = await client.GetStringAsync(new Uri("/sweeps/drift", UriKind.Relative));
        string sure = await client.GetStringAsync(new Uri("/sweeps/drift/cancel", UriKind.Relative));
        using var answer = await client.PostAsync(new Uri("/sweeps/drift/cancel", UriKind.Relative), new FormUrlEncodedContent([]));
        string ended = await answer.Content.ReadAsStringAsync();

        Assert.DoesNotContain("/submit", list + page, StringComparison.Ordinal);
        Assert.DoesNotContain("/extend", page, StringComparison.Ordinal);
        Assert.Contains("/sweeps/drift/cancel", page, StringComparison.Ordinal);
        Assert.Contains($"<code>sweeps resume {Dataset}</code> goes on", sure, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot be resumed", sure, StringComparison.Ordinal);
        Assert.Contains($"finished chunks stay. Go on with: sweeps resume {Dataset}", ended, StringComparison.Ordinal);
        Assert.Equal($"the run of drift was ended, and finished chunks are safe; go on with: sweeps resume {Dataset}",
            await RefusedRequest.SentenceAsync(server, "drift", Refusal.Cancelled, SweepRequest.Pause, default));
        Assert.IsType<SweepOutcome.Interrupted>(await run.WaitAsync(Patience));
    }

    [Fact]
    public async Task What_a_single_run_cannot_do_is_refused_with_a_remedy_and_is_no_fault()
    {
        using var sweep = Open();
        var run = Begin(sweep);
        var source = new SweepSource(server, new LocalDatasets(server, [experiment]), [experiment], TimeProvider.System);
        Assert.True(source.IsLocalRun);
        var submitted = await Assert.ThrowsAsync<ServerException>(() => server.SubmitAsync(sweep.Spec, new(), Guid.NewGuid(), default));
        Assert.Contains("'sweeps run SPEC'", submitted.Message, StringComparison.Ordinal);
        var extended = await Assert.ThrowsAsync<ServerException>(() => server.ExtendAsync("drift", sweep.Spec.Hash, sweep.Spec, default));
        Assert.Contains("--out", extended.Message, StringComparison.Ordinal);
        await using var dashboard = await DashboardServer.StartAsync(
            new(new(IPAddress.Loopback, 0)), source, default,
            routes => Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(routes, "/test", void () => throw submitted));
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(dashboard.Address, "/test"));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("takes no further sweep", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        gate.Release(10);
        await run.WaitAsync(Patience);
    }
}
