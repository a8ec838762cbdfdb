using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Sweeps.Client.Cluster;
using Sweeps.Fakes;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Tests.Cluster;

public sealed class HttpSweepServerTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private static SweepSpec Spec(string more = "") =>
        SpecReader.Read(FakeCluster.SpecText(more), "test.yaml", [], [new FakeExperiment()]).Spec!;

    private static async Task<ServerException> FaultAsync(StubSite site, string path = "")
    {
        await using var server = site.Open(path);
        return await Assert.ThrowsAsync<ServerException>(() => server.ListAsync(true, CancellationToken.None));
    }

    [Fact]
    public async Task More_sweeps_than_a_page_has_are_all_listed()
    {
        var cluster = new FakeCluster { IsPatient = true };
        for (int i = 0; i < 2100; i++) cluster.Add($"drift-{i}");
        using var between = new DashboardBetween(cluster);
        await using var server = await between.OpenAsync(between.Address, CancellationToken.None);
        var found = await server.ListAsync(false, CancellationToken.None);
        Assert.Equal(cluster.Sweeps.Select(sweep => sweep.Id), found.Select(sweep => sweep.Id));
        Assert.All(found, sweep => Assert.Equal(cluster.Sweeps[0].Seen.SpecJson, sweep.SpecJson));
    }

    [Fact]
    public async Task A_wait_ends_when_something_has_happened_and_by_itself_if_nothing_does()
    {
        var cluster = new FakeCluster { IsPatient = true };
        var sweep = cluster.Add("drift-17");
        using var between = new DashboardBetween(cluster);
        await using var server = await between.OpenAsync(between.Address, CancellationToken.None);

        // The first is where it stands.
        await server.WaitForChangeAsync("drift-17", Long, CancellationToken.None);
        cluster.Happenings.Enqueue(() => sweep.Work(2));
        await server.WaitForChangeAsync("drift-17", TimeSpan.FromMilliseconds(1), CancellationToken.None);
        using var interruption = new CancellationTokenSource();
        var waiting = server.WaitForChangeAsync("drift-17", Long, interruption.Token);
        await interruption.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public void A_watch_goes_on_to_the_end()
    {
        using var session = new ClusterSession(overHttp: true);
        var sweep = session.Cluster.Add("drift-17");
        session.Cluster.Happenings.Enqueue(() => sweep.Work(9));
        session.Cluster.Happenings.Enqueue(() => sweep.Work(1, fail: true));
        session.Cluster.Happenings.Enqueue(() => sweep.Stage = DatasetStage.Finished);
        session.Cluster.IsPatient = true;
        Assert.Equal(1, session.Run("watch 17"));
        Assert.StartsWith("0 of 10 points; waiting for a silo", session.Shell.Mistakes[0]);
        Assert.Equal("drift-17 is complete: 9 rows, 1 point failed; 'sweeps status drift-17' says where they are, and what failed",
            session.Shell.Mistakes[^1]);
    }

    [Fact]
    public async Task What_was_submitted_is_what_is_found_letter_by_letter()
    {
        var cluster = new FakeCluster { IsPatient = true };
        using var between = new DashboardBetween(cluster);
        await using var server = await between.OpenAsync(between.Address, CancellationToken.None);
        var spec = Spec("times: [0.1, 0.30000000000000004, 5e-324, 1e300]\nseed: -9223372036854775808\n");

        string id = await server.SubmitAsync(spec, new(-1000, 3, DeviceDemand.Processor), Guid.NewGuid(), CancellationToken.None);

        var found = (await server.FindAsync(id, CancellationToken.None))!;
        Assert.Equal((spec.ToJson(), spec.Hash), (found.SpecJson, found.SpecHash));
        Assert.Equal(new SweepDemands(-1000, 3, DeviceDemand.Processor), found.Demands);
        Assert.Equal(cluster.Sweeps[0].Seen with { Notes = [] }, found with { Notes = [] });
    }

    [Fact]
    public async Task What_lanes_have_in_hand_comes_over_to_the_tick()
    {
        var cluster = new FakeCluster();
        using var between = new DashboardBetween(cluster);
        await using var server = await between.OpenAsync(between.Address, CancellationToken.None);
        var sweep = cluster.Add("drift-17");
        sweep.RecentChunks.Add(new(5, "host/1", new(2026, 3, 1, 11, 0, 0, 123, 456, TimeSpan.Zero), null, null));
        sweep.RecentChunks.Add(new(1, "host/0", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddTicks(1), 160));

        var recent = (await server.RecentChunksAsync("drift-17", CancellationToken.None))!;

        Assert.Equal(DateTimeOffset.UnixEpoch, recent.Now);
        Assert.Equal(sweep.RecentChunks, recent.Chunks);
        Assert.Null(await server.RecentChunksAsync("drift-18", CancellationToken.None));
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("a/../b")]
    [InlineData("drift-17?x")]
    [InlineData("drift-17#x")]
    [InlineData("%2e%2e")]
    [InlineData("drift 17")]
    [InlineData("drift-17\r\nX: y")]
    public async Task What_is_no_id_is_not_asked_for(string id)
    {
        await using var site = await StubSite.StartAsync(_ => throw new InvalidOperationException("asked"));
        await using var server = site.Open();
        Assert.Null(await server.FindAsync(id, CancellationToken.None));
        Assert.Empty(await server.EvidenceAsync(id, 1, CancellationToken.None));
        Assert.Null(await server.RecentChunksAsync(id, CancellationToken.None));
        Assert.IsType<ServerAnswer.Unknown>(await server.PauseAsync(id, CancellationToken.None));
        Assert.IsType<ServerAnswer.Unknown>(await server.ResumeAsync(id, null, CancellationToken.None));
        Assert.IsType<ServerAnswer.Unknown>(await server.CancelAsync(id, CancellationToken.None));
        Assert.IsType<ServerAnswer.Unknown>(await server.ExtendAsync(id, "x", Spec(), CancellationToken.None));
    }

    [Fact]
    public async Task The_token_and_a_path_before_the_api_are_kept()
    {
        List<string> asked = [];
        await using var site = await StubSite.StartAsync(context =>
        {
            asked.Add($"{context.Request.Path} {context.Request.Headers.Authorization}");
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""{"silos": []}""");
        });
        await using (var server = site.Open("/behind/a/proxy/", "abc"))
        {
            Assert.Empty(await server.SilosAsync(CancellationToken.None));
            Assert.DoesNotContain("abc", server.Address);
            Assert.EndsWith("/behind/a/proxy", server.Address);
        }
        await using (var server = site.Open()) Assert.Empty(await server.SilosAsync(CancellationToken.None));
        Assert.Equal(["/behind/a/proxy/api/v1/silos Bearer abc", "/api/v1/silos "], asked);
    }

    [Theory]
    [InlineData(401, false, "asks for a token, or does not know this one; put one into SWEEPS_TOKEN")]
    [InlineData(403, false, "the token may look, but not change anything; use one with the role operate")]
    [InlineData(413, false, "the spec has more values than a request may have")]
    [InlineData(302, false, "sends elsewhere; name the address that it sends to")]
    [InlineData(404, false, "answers with 404 (NotFound); see whether the address is a dashboard's")]
    [InlineData(500, false, "answers with 500")]
    [InlineData(408, true, "answers with 408")]
    [InlineData(429, true, "answers with 429")]
    [InlineData(502, true, "answers with 502")]
    [InlineData(503, true, "answers with 503")]
    [InlineData(504, true, "answers with 504")]
    public async Task A_refusal_of_whoever_answers_is_a_sentence_and_known_to_go_away_or_not(int status, bool isTransient, string sentence)
    {
        await using var site = await StubSite.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "https://elsewhere.example.org/geheim";
            return context.Response.WriteAsync("<html>geheim</html>");
        });
        var fault = await FaultAsync(site);
        Assert.Contains(sentence, fault.Message);
        Assert.Equal(isTransient, fault.IsTransient);
        Assert.DoesNotContain("geheim", fault.Message);
        await using var server = site.Open();
        var waiting = await Assert.ThrowsAsync<ServerException>(() => server.WaitForChangeAsync("drift-17", Long, CancellationToken.None));
        Assert.Equal(isTransient, waiting.IsTransient);
    }

    [Theory]
    [InlineData("application/json", "<html>")]
    [InlineData("text/html", "<html>")]
    [InlineData("application/json", "null")]
    [InlineData("application/json", "{}")]
    [InlineData("application/json", "[1]")]
    [InlineData("application/json", """{"sweeps": null, "next": null}""")]
    [InlineData("application/json", """{"sweeps": [{"id": "x"}], "next": null}""")]
    [InlineData("application/json", "{\"sweeps\": [")]
    public async Task An_answer_that_is_none_of_a_dashboard_is_no_crash_and_does_not_go_away(string type, string body)
    {
        await using var site = await StubSite.StartAsync(context =>
        {
            context.Response.ContentType = type;
            return context.Response.WriteAsync(body);
        });
        var fault = await FaultAsync(site);
        Assert.Contains("answers, but not as it should; see whether the address is a dashboard's", fault.Message);
        Assert.False(fault.IsTransient);
    }

    [Fact]
    public async Task A_connection_that_cannot_be_had_or_breaks_goes_away_by_itself()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        Assert.True(HttpAddress.TryParse($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", out var address, out _));
        await using (var server = new HttpSweepServer(address, new(null), TimeProvider.System))
        {
            foreach (var ask in (Func<Task>[])[() => server.FindAsync("x-1", default), () => server.PauseAsync("x-1", default),
                () => server.WaitForChangeAsync("x-1", Long, default), () => server.SubmitAsync(Spec(), new(), Guid.NewGuid(), default)])
            {
                var gone = await Assert.ThrowsAsync<ServerException>(ask);
                Assert.True(gone.IsTransient);
                Assert.StartsWith($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)} cannot be reached: ", gone.Message);
                Assert.EndsWith("; see whether the dashboard runs", gone.Message);
            }
        }

        await using var site = await StubSite.StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("{\"sweeps\": [");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        var broken = await FaultAsync(site);
        Assert.True(broken.IsTransient, broken.Message);
    }

    [Fact]
    public async Task A_stream_of_events_that_breaks_is_begun_anew()
    {
        int streams = 0;
        await using var site = await StubSite.StartAsync(async context =>
        {
            streams++;
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("event: progress\ndata: {}\n\n");
        });
        await using var server = site.Open();
        await server.WaitForChangeAsync("x-1", Long, default);
        var ended = await Assert.ThrowsAsync<ServerException>(() => server.WaitForChangeAsync("x-1", Long, default));
        Assert.True(ended.IsTransient);
        await server.WaitForChangeAsync("x-1", Long, default);
        Assert.Equal(2, streams);
    }

    [Fact]
    public async Task A_dashboard_that_has_vanished_is_noticed_by_its_silence_while_somebody_listens()
    {
        await using var site = await StubSite.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("event: progress\ndata: {}\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        });
        var clock = new HeldClock();
        await using var server = site.Open(clock: clock);
        await server.WaitForChangeAsync("x-1", Long, default);
        Assert.False(clock.IsSet(TimeSpan.FromSeconds(45)));
        var waiting = server.WaitForChangeAsync("x-1", Long, default);
        await clock.RingAsync(TimeSpan.FromSeconds(45));
        var vanished = await Assert.ThrowsAsync<ServerException>(() => waiting);
        Assert.True(vanished.IsTransient);
        Assert.EndsWith("cannot be reached: no answer in time; see whether the dashboard runs", vanished.Message);
        await server.WaitForChangeAsync("x-1", Long, default);
    }

    [Fact]
    public async Task A_question_that_is_not_answered_in_time_is_given_up_by_the_clock()
    {
        await using var site = await StubSite.StartAsync(context => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted));
        var clock = new HeldClock();
        await using var server = site.Open(clock: clock);
        var asking = server.SilosAsync(default);
        await clock.RingAsync(TimeSpan.FromSeconds(15));
        Assert.EndsWith(
            "cannot be reached: no answer in time; see whether the dashboard runs",
            (await Assert.ThrowsAsync<ServerException>(() => asking)).Message);
    }

    [Fact]
    public async Task A_refusal_comes_back_as_what_it_was()
    {
        var cluster = new FakeCluster { IsPatient = true };
        var sweep = cluster.Add("drift-17");
        using var between = new DashboardBetween(cluster);
        await using var server = await between.OpenAsync(between.Address, CancellationToken.None);
        foreach (var reason in Enum.GetValues<Refusal>())
        {
            sweep.Refuses = reason;
            Assert.Equal(new ServerAnswer.Refused(reason), await server.PauseAsync("17", default));
            Assert.Equal(new ServerAnswer.Refused(reason), await server.ResumeAsync("17", 3, default));
            Assert.Equal(new ServerAnswer.Refused(reason), await server.CancelAsync("17", default));
        }
        Assert.Equal(new ServerAnswer.Refused(Refusal.PlanChanged), await server.ExtendAsync("17", "other", Spec("seed: 3\n"), default));
        Assert.IsType<ServerAnswer.Unknown>(await server.ExtendAsync("18", "other", Spec(), default));
    }
}
