using System.Net;
using System.Text.Json;
using Sweeps.Grains.Leases;

namespace Sweeps.Dashboard.Tests.Api;

public sealed class SweepListTests
{
    private static async Task<string[]> IdsAsync(ApiHost host, string path) =>
        [.. (await host.JsonAsync(path)).GetProperty("sweeps").EnumerateArray().Select(sweep => sweep.GetProperty("id").GetString()!)];

    [Fact]
    public async Task Sweeps_that_go_on_are_listed_newest_first_and_those_that_ended_when_asked_for()
    {
        await using var host = ApiHost.Start();
        host.Cluster.Add("early-1").Take(new LedgerEvent.Cancel());
        host.Cluster.Add("drift-2");
        host.Cluster.Add("drift-3");

        Assert.Equal(["drift-3", "drift-2"], await IdsAsync(host, "sweeps"));
        Assert.Equal(["drift-3", "drift-2", "early-1"], await IdsAsync(host, "sweeps?ended=true"));
        var sweep = (await host.JsonAsync("sweeps")).GetProperty("sweeps")[0];
        Assert.Equal(
            ["id", "state", "spec_hash", "software_version", "points", "points_done", "points_failed", "failure_budget", "chunks",
                "chunks_settled", "chunks_leased", "chunks_waiting", "chunks_quarantined", "points_per_second", "remaining_seconds",
                "lanes", "maximum_lanes", "priority", "only", "submitted_at", "ended_at", "notes", "exact"],
            sweep.EnumerateObject().Select(property => property.Name));
        Assert.Equal("waiting", sweep.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Pages_follow_each_other_by_next_and_by_the_header_link_without_gap_or_repetition()
    {
        await using var host = ApiHost.Start();
        for (int i = 1; i <= 7; i++) host.Cluster.Add($"drift-{i}");

        List<string> seen = [];
        string? next = "/api/v1/sweeps?limit=3&ended=true";
        for (int pages = 0; next is not null; pages++)
        {
            Assert.InRange(pages, 0, 2);
            using var answer = await host.GetAsync(next);
            var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            seen.AddRange(page.GetProperty("sweeps").EnumerateArray().Select(sweep => sweep.GetProperty("id").GetString()!));
            next = page.GetProperty("next").GetString();
            if (next is null) Assert.False(answer.Headers.Contains("Link"));
            else Assert.Equal($"<{next}>; rel=\"next\"", Assert.Single(answer.Headers.GetValues("Link")));
        }
        Assert.Equal(Enumerable.Range(1, 7).Reverse().Select(i => $"drift-{i}"), seen);
    }

    [Fact]
    public async Task A_page_goes_on_after_a_sweep_that_is_no_longer_listed_and_new_ones_do_not_move_it()
    {
        await using var host = ApiHost.Start();
        for (int i = 1; i <= 4; i++) host.Cluster.Add($"drift-{i}");
        string next = (await host.JsonAsync("sweeps?limit=2")).GetProperty("next").GetString()!;

        host.Cluster.Add("new-5");
        Assert.Equal(["drift-2", "drift-1"], await IdsAsync(host, next));
        // All were submitted in the same second: then whatever is listed was shown already.
        host.Cluster.Sweeps.Single(sweep => sweep.Id == "drift-3").Take(new LedgerEvent.Cancel());
        Assert.Empty(await IdsAsync(host, next));
    }

    [Theory]
    [InlineData("limit=0", "limit is '0'; write an integer of at least 1 and at most 1000")]
    [InlineData("limit=1001", "limit is '1001'; write an integer of at least 1 and at most 1000")]
    [InlineData("limit=99999999999999999999999", "write an integer of at least 1")]
    [InlineData("limit=NaN", "limit is 'NaN'")]
    [InlineData("limit=1&limit=2", "limit stands there 2 times; name it once")]
    [InlineData("limit=", "limit is ''")]
    [InlineData("ended=yes", "ended is 'yes', not one of true, false")]
    [InlineData("after=!!!", "after is not what a page said; take it from next")]
    [InlineData("after=AAAA", "after is not what a page said; take it from next")]
    [InlineData("after=", "after is not what a page said; take it from next")]
    [InlineData("limt=3", "there is no parameter 'limt'; did you mean 'limit'?")]
    [InlineData("%00%1b%5b2J=1", "there is no parameter")]
    public async Task Wrong_parameters_are_refused_each_in_a_sentence(string query, string sentence)
    {
        await using var host = ApiHost.Start();
        var problem = await ApiHost.ProblemAsync(HttpStatusCode.BadRequest, await host.GetAsync($"sweeps?{query}"));
        Assert.Contains(sentence, problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(problem.Detail, char.IsControl);
        Assert.Single(problem.Mistakes!.Value);
    }

    [Fact]
    public async Task All_mistakes_are_told_at_once()
    {
        await using var host = ApiHost.Start();
        var problem = await ApiHost.ProblemAsync(HttpStatusCode.BadRequest, await host.GetAsync("sweeps?limit=x&ended=y&after=z&colour=red"));
        Assert.Equal(4, problem.Mistakes!.Value.Length);
    }
}
