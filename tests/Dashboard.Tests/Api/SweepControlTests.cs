using System.Net;
using System.Text.Json;
using Sweeps.Fakes;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Dashboard.Tests.Api;

public sealed class SweepControlTests
{
    private const string Larger = "&set=kind=[flat,round]";

    private static async Task<string?> StateAsync(HttpResponseMessage answer)
    {
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("state").GetString();
    }

    [Fact]
    public async Task Pause_resume_and_cancel_answer_with_the_sweep_afterwards()
    {
        await using var host = ApiHost.Start();
        var sweep = host.Cluster.Add("drift-17");
        Assert.Equal("paused", await StateAsync(await host.PostAsync("sweeps/drift-17/pause")));
        Assert.Equal("waiting", await StateAsync(await host.PostAsync("sweeps/17/resume?budget=7")));
        Assert.Equal(7, sweep.Seen.FailureBudget);
        Assert.Equal("cancelled", await StateAsync(await host.PostAsync("sweeps/drift-17/cancel", type: null)));
        Assert.Equal("cancelled", await StateAsync(await host.PostAsync("sweeps/drift-17/cancel")));
    }

    [Theory]
    [InlineData(Refusal.Cancelled, "pause", "cancelled", "drift-17 was cancelled; submit it again")]
    [InlineData(Refusal.Completed, "cancel", "completed", "drift-17 is complete, and cannot be cancelled; see its dataset with: sweeps status drift-17")]
    [InlineData(Refusal.Busy, "resume", "busy",
        "drift-17 is busy and cannot be resumed at this moment; see why with 'sweeps status drift-17', and ask again")]
    [InlineData(Refusal.OverBudget, "resume", "over_budget",
        "drift-17 cannot go on: 0 points failed, which is more than may; look why with 'sweeps status drift-17', "
        + "or let more fail with: sweeps resume drift-17 --budget 100")]
    public async Task A_refusal_is_a_conflict_in_the_words_of_the_command(Refusal refusal, string what, string reason, string sentence)
    {
        await using var host = ApiHost.Start();
        host.Cluster.Add("drift-17").Refuses = refusal;
        var problem = await ApiHost.ProblemAsync(HttpStatusCode.Conflict, await host.PostAsync($"sweeps/drift-17/{what}"));
        Assert.Equal((reason, sentence), (problem.Reason, problem.Detail));
    }

    [Theory]
    [InlineData("resume?budget=-1")]
    [InlineData("resume?budget=9223372036854775808")]
    [InlineData("resume?budget=1&budget=2")]
    [InlineData("resume?budge=1")]
    [InlineData("pause?budget=1")]
    [InlineData("cancel?force=true")]
    public async Task Wrong_parameters_change_nothing(string what)
    {
        await using var host = ApiHost.Start();
        var sweep = host.Cluster.Add("drift-17");
        await ApiHost.ProblemAsync(HttpStatusCode.BadRequest, await host.PostAsync($"sweeps/drift-17/{what}"));
        Assert.Equal((LedgerPhase.Running, 100L), (sweep.Seen.Progress.Phase, sweep.Seen.FailureBudget));
    }

    [Fact]
    public async Task A_superset_extends_the_sweep_and_the_same_points_are_nothing_to_do()
    {
        await using var host = ApiHost.Start();
        var sweep = host.Cluster.Add("drift-17");
        Assert.Equal("waiting", await StateAsync(await host.PostAsync("sweeps/17/extend?set=name=other", FakeCluster.SpecText())));
        Assert.Equal(DatasetStage.Ready, sweep.Stage);
        Assert.Equal("extending", await StateAsync(await host.PostAsync($"sweeps/17/extend?{Larger}", FakeCluster.SpecText())));
        Assert.Equal(20, sweep.Seen.Points);
    }

    [Fact]
    public async Task Another_sweep_is_refused_and_every_difference_told()
    {
        await using var host = ApiHost.Start();
        host.Cluster.Add("drift-17");
        var problem = await ApiHost.ProblemAsync(
            HttpStatusCode.Conflict, await host.PostAsync("sweeps/17/extend?set=seed=2&set=slope=3", FakeCluster.SpecText()));
        Assert.Equal("another_sweep", problem.Reason);
        Assert.Equal(
            [
                "drift-17 is another sweep: slope was an axis of 10 values, and is 3 now; submit this one for itself",
                "drift-17 is another sweep: the seed was 0, and is 2 now; submit this one for itself",
            ], problem.Mistakes!.Value.Select(mistake => mistake.Sentence));
    }

    [Fact]
    public async Task It_is_extended_only_if_it_is_still_what_was_looked_at()
    {
        await using var host = ApiHost.Start();
        var sweep = host.Cluster.Add("drift-17");
        var problem = await ApiHost.ProblemAsync(HttpStatusCode.PreconditionFailed, await ExtendAsync("\"other\""));
        Assert.Equal("plan_changed", problem.Reason);
        await ApiHost.ProblemAsync(HttpStatusCode.PreconditionFailed, await ExtendAsync($"W/\"{sweep.Spec.Hash}\""));
        await ApiHost.ProblemAsync(HttpStatusCode.BadRequest, await ExtendAsync(sweep.Spec.Hash));
        Assert.Equal(10, sweep.Seen.Points);

        Assert.Equal(HttpStatusCode.OK, (await ExtendAsync($"\"{sweep.Spec.Hash}\"")).StatusCode);
        Assert.Equal(20, sweep.Seen.Points);
        using var now = await host.GetAsync("sweeps/17");
        Assert.Equal(HttpStatusCode.OK, (await ExtendAsync(now.Headers.ETag!.ToString(), "&set=width=[5000,6000]")).StatusCode);
        Assert.Equal(40, sweep.Seen.Points);

        Task<HttpResponseMessage> ExtendAsync(string expected, string more = "") =>
            host.PostAsync($"sweeps/17/extend?{Larger}{more}", FakeCluster.SpecText(), "text/yaml", ("If-Match", expected));
    }
}
