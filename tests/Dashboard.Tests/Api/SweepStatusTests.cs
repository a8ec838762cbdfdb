using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sweeps.Dashboard.Api.Bodies;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Status;
using Sweeps.Fakes;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Dashboard.Tests.Api;

public sealed class SweepStatusTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 11, 0, 0, TimeSpan.Zero);

    private static FakeSweep Busy(FakeCluster cluster)
    {
        var sweep = cluster.Add("drift-17", new SweepDemands(-5, 8, DeviceDemand.Accelerator));
        sweep.Work(3);
        sweep.Work(1, fail: true);
        sweep.Lease("host-1/0", 2);
        sweep.Rate = 0.7;
        sweep.Notes = ["host-3: no room under /data", "„ältere“ \u001b Notiz"];
        sweep.Evidence.Add(new(4, "host-1/0", At, "died", "killed by signal 9\nout of memory"));
        sweep.RecentChunks.Add(new(5, "a/0", At.AddSeconds(3.25), null, null));
        sweep.RecentChunks.Add(new(1, "a/0", At, At.AddSeconds(3.125), 160));
        cluster.Silos.Add(new("a", "0.1.0", "/data", "working", At, At, [new("a/0", "8 threads", "drift-17", 2.5), new("a/1", "cuda:0", null, null)]));
        return sweep;
    }

    [Fact]
    public async Task Its_first_members_are_those_of_the_command_byte_for_byte()
    {
        await using var host = ApiHost.Start();
        Busy(host.Cluster);
        var details = (await SweepDetails.FindAsync(host.Cluster, "17", 100, ApiHost.Catalogue, CancellationToken.None))!;
        string expected = Encoding.UTF8.GetString(JsonText.Bytes(writer => ServerJson.Write(writer, details)).Span);

        string text = await host.Client.GetStringAsync("sweeps/17");

        Assert.StartsWith(expected.TrimEnd('}'), text, StringComparison.Ordinal);
        Assert.Equal("host-1/0", (await host.JsonAsync("sweeps/17/evidence")).GetProperty("evidence")[0].GetProperty("worker").GetString());
        Assert.Equal("cuda:0", (await host.JsonAsync("silos")).GetProperty("silos")[0].GetProperty("lanes")[1].GetProperty("device").GetString());
    }

    [Fact]
    public async Task Bodies_have_the_members_of_their_description_all_of_them_and_no_others()
    {
        await using var host = ApiHost.Start();
        Busy(host.Cluster);
        var strict = new JsonSerializerOptions(ApiJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

        Assert.Equal("drift-17", Read<SweepDetailsBody>(await host.Client.GetStringAsync("sweeps/17")).Id);
        Assert.Single(Read<SweepPageBody>(await host.Client.GetStringAsync("sweeps?specs=true")).Sweeps);
        Assert.Single(Read<SweepPageBody>(await host.Client.GetStringAsync("sweeps")).Sweeps);
        Assert.Single(Read<EvidenceListBody>(await host.Client.GetStringAsync("sweeps/17/evidence")).Evidence);
        Assert.Equal(2, Read<RecentChunksBody>(await host.Client.GetStringAsync("sweeps/17/chunks")).Chunks.Length);
        Assert.Single(Read<SiloListBody>(await host.Client.GetStringAsync("silos")).Silos);
        Assert.Single(Read<CatalogueBody>(await host.Client.GetStringAsync("experiments")).Experiments);
        using var plan = await host.PostAsync("plan", FakeCluster.SpecText());
        Assert.Equal(10, Read<PlanBody>(await plan.Content.ReadAsStringAsync()).Points);

        T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, strict)!;
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("{ \"experiment\": \"of-tomorrow\",\r\n\t\"x\": [1, 2.50, \"\\u00e9\"] }")]
    [InlineData("not json")]
    [InlineData("\"a text\"")]
    [InlineData("{ \"a\": 1, ")]
    [InlineData("")]
    public async Task A_sweep_survives_the_trip_exactly(string? spec)
    {
        await using var host = ApiHost.Start();
        var sweep = Busy(host.Cluster);
        sweep.SpecJson = spec;
        var sent = sweep.Seen;

        var details = JsonSerializer.Deserialize<SweepBody>(await host.Client.GetStringAsync("sweeps/17"), ApiJson.Options)!.ToSweep();
        var listed = JsonSerializer.Deserialize<SweepPageBody>(await host.Client.GetStringAsync("sweeps?specs=true"), ApiJson.Options)!
            .Sweeps[0].ToSweep();

        Assert.All([details, listed], received =>
        {
            Assert.Equal(sent.Notes.AsEnumerable(), received.Notes.AsEnumerable());
            Assert.Equal(sent with { Notes = [] }, received with { Notes = [] });
        });
    }

    [Fact]
    public async Task Whoever_has_it_already_is_not_sent_it_again_until_something_has_happened()
    {
        await using var host = ApiHost.Start();
        var sweep = Busy(host.Cluster);
        using var first = await host.GetAsync("sweeps/drift-17");
        string tag = first.Headers.ETag!.ToString();
        Assert.False(first.Headers.ETag.IsWeak);

        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(tag));
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync($"\"other\", W/{tag}"));
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync("*"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("\"other\""));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("damaged"));
        sweep.Work(1);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(tag));

        async Task<HttpStatusCode> StatusAsync(string known)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "sweeps/drift-17");
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
            using var answer = await host.Client.SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.NotModified) Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task An_unknown_sweep_is_answered_with_the_nearest()
    {
        await using var host = ApiHost.Start();
        host.Cluster.Add("drift-17");
        var problem = await ApiHost.ProblemAsync(HttpStatusCode.NotFound, await host.GetAsync("sweeps/drfit-17"));
        Assert.Equal("unknown_sweep", problem.Reason);
        Assert.Equal($"'drfit-17': {host.Cluster.Address} has no such sweep; did you mean drift-17?", problem.Detail);
    }

    public static TheoryData<string> Hostile =>
    [
        "..%2f..%2fetc%2fpasswd", "%2e%2e", "..", "...", "%00", "drift-17%00", "drift-17%0d%0aX:%20y", "%1b%5b2J", "drift%2D17'%20or%20'1'='1",
        "drift-99999999999999999999999999", "-1", "NaN", "17.0", "１７", "%F0%9F%98%80", "%ff%fe", "%C0%AF", "C:%5Cwindows", "~root", "drift-17%3Fx", "%25",
        "drift-17;id", "'%22%3Cscript%3E", new string('a', 5000), new string('7', 3000), "%E2%80%AEdrift", "drift-17%20",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_hostile_id_is_no_sweep_on_any_route(string id)
    {
        await using var host = ApiHost.Start();
        await host.RunAsync("drift-17");
        foreach (string what in (string[])["", "/evidence", "/chunks", "/events", "/points", "/curves"])
            await RefusedAsync(await host.GetAsync($"sweeps/{id}{what}"));
        foreach (string what in (string[])["pause", "resume", "cancel"]) await RefusedAsync(await host.PostAsync($"sweeps/{id}/{what}"));
        await RefusedAsync(await host.PostAsync($"sweeps/{id}/extend", FakeExperiment.SmallSpec));
        Assert.Equal(LedgerPhase.Running, host.Cluster.Sweeps[0].Seen.Progress.Phase);

        static async Task RefusedAsync(HttpResponseMessage answer)
        {
            // Two dots are taken out of an address before it is sent, and leave another one.
            Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed, HttpStatusCode.BadRequest]);
            if (answer.Content.Headers.ContentLength is not 0)
            {
                var problem = await ApiHost.ProblemAsync(answer.StatusCode, answer);
                Assert.DoesNotContain(problem.Detail, char.IsControl);
                Assert.InRange(problem.Detail.Length, 1, 400);
            }
        }
    }

    [Theory]
    [InlineData("sweeps/drift-17?x=1")]
    [InlineData("sweeps/drift-17/evidence?limit=0")]
    [InlineData("sweeps/drift-17/evidence?limit=1e3")]
    [InlineData("sweeps/drift-17/events?x")]
    [InlineData("silos?x=1")]
    [InlineData("experiments?x=1")]
    public async Task Parameters_that_nobody_knows_are_refused(string path)
    {
        await using var host = ApiHost.Start();
        host.Cluster.Add("drift-17");
        await ApiHost.ProblemAsync(HttpStatusCode.BadRequest, await host.GetAsync(path));
    }
}
