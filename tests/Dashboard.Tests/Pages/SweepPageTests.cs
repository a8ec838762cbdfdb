using System.Net;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Dashboard.Tests.Pages;

public sealed class SweepPageTests(SmallDataset dataset) : IClassFixture<SmallDataset>
{
    private const string Hostile = "<script>alert('x')</script> & \"more\"";

    [Fact]
    public async Task It_says_where_the_sweep_stands_and_what_can_be_asked()
    {
        await using var site = Site.Start();
        var sweep = site.Cluster.Add("drift-1", new SweepDemands(7, 3, DeviceDemand.Accelerator));
        sweep.Work(4);
        sweep.Lease("host-2/0", 2);
        sweep.Rate = 2;

        var page = await site.PageAsync("/sweeps/drift-1");

        string status = page.WithId("status").Text();
        Assert.Contains("running on 1 lane", status, StringComparison.Ordinal);
        Assert.Contains("4 of 10", status, StringComparison.Ordinal);
        Assert.Contains("2 per s", status, StringComparison.Ordinal);
        Assert.Contains("1 of at most 3, GPUs alone", status, StringComparison.Ordinal);
        Assert.Contains("4 settled 0 quarantined 2 leased 4 waiting", page.WithId("chunks").Text(), StringComparison.Ordinal);
        Assert.Equal(["Pause"], page.WithId("actions").Buttons());
        Assert.NotNull(page.Link("/sweeps/drift-1/extend"));
        Assert.NotNull(page.Link("/sweeps/drift-1/cancel"));
        Assert.NotNull(page.Link("/api/v1/sweeps/drift-1/points?format=csv"));
        Assert.Equal("/sweeps/drift-1/events", (string?)page.All("body").Single().Attribute("data-events"));
    }

    [Fact]
    public async Task What_comes_from_elsewhere_is_text_and_never_markup()
    {
        await using var site = Site.Start();
        var sweep = site.Cluster.Add("drift-1");
        sweep.Notes = [Hostile];
        sweep.Evidence.Add(new(3, Hostile, DateTimeOffset.UnixEpoch, Hostile, Hostile));
        sweep.RecentChunks.Add(new(3, Hostile, DateTimeOffset.UnixEpoch, null, null));
        site.Cluster.Silos.Add(new(Hostile, Hostile, "/data/" + Hostile, Hostile, default, default, [new("w", Hostile, Hostile, null)]));

        // Parsed as they are: text that was markup would be elements, or no page at all.
        var page = await site.PageAsync("/sweeps/drift-1");
        var silos = await site.PageAsync("/silos");

        Assert.Contains(Hostile, page.WithId("status").Text(), StringComparison.Ordinal);
        Assert.Contains(Hostile, page.WithId("incidents").Text(), StringComparison.Ordinal);
        Assert.Contains(Hostile, page.WithId("timeline").Text(), StringComparison.Ordinal);
        Assert.Contains(Hostile, page.WithId("copy-pandas").Value.Replace("\\\"", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(Hostile, silos.WithId("silos").Text(), StringComparison.Ordinal);
        Assert.All(page.All("script").Concat(silos.All("script")), script => Assert.Empty(script.Value));
    }

    [Fact]
    public async Task The_timeline_has_a_row_for_each_lane_and_a_bar_for_each_chunk()
    {
        await using var site = Site.Start();
        var sweep = site.Cluster.Add("drift-1");
        var now = DateTimeOffset.UnixEpoch;
        sweep.RecentChunks.Add(new(7, "host-1/0", now.AddSeconds(-15), null, null));
        sweep.RecentChunks.Add(new(5, "host-1/0", now.AddSeconds(-30), now.AddSeconds(-15), 160));

        var timeline = (await site.PageAsync("/sweeps/drift-1")).WithId("timeline");

        Assert.Equal(["host-1/0", "1", "5.33 per s"], Assert.Single(timeline.Rows()) is [var lane, _, var settled, var rate] ? [lane, settled, rate] : []);
        var bars = timeline.All("rect").ToArray();
        Assert.Equal([("chunk-settled", "50%", "25%"), ("chunk-leased", "75%", "25%")],
            bars.Select(bar => ((string)bar.Attribute("class")!, (string)bar.Attribute("x")!, (string)bar.Attribute("width")!)));
        Assert.Equal("chunk 5: 160 points in 15 s", bars[0].Value);
        Assert.Equal("1 chunk settled, 1 in hand", (string?)timeline.All("svg").Single().Attribute("aria-label"));
    }

    [Fact]
    public async Task Failed_points_are_told_by_cause_with_examples()
    {
        await using var site = Site.Start();
        var sweep = site.Add("small-1", dataset);
        sweep.Work(sweep.Seen.Progress.Chunks, fail: true);

        var page = await site.PageAsync("/sweeps/small-1");

        string[] row = Assert.Single(page.WithId("failures").Rows());
        Assert.Equal("6", row[0]);
        Assert.Contains("the height of slope 13 is not finite", row[1], StringComparison.Ordinal);
        Assert.NotNull(page.Link("/sweeps/small-1/points/15"));
    }

    [Fact]
    public async Task Commands_name_the_dataset_and_the_spec_can_be_read_again()
    {
        await using var site = Site.Start();
        site.Add("small-1", dataset);
        site.Cluster.Silos.Add(new("host-1", "0.1.0", "/data/", "working", default, default, []));

        var page = await site.PageAsync("/sweeps/small-1");

        Assert.Contains("'/data/small-1/points/*.parquet'", page.WithId("copy-duckdb").Value, StringComparison.Ordinal);
        Assert.Contains("pd.read_parquet(\"/data/small-1/points\")", page.WithId("copy-pandas").Value, StringComparison.Ordinal);
        Assert.Contains("pl.read_parquet(\"/data/small-1/points/*.parquet\")", page.WithId("copy-polars").Value, StringComparison.Ordinal);
        Assert.Contains($"sweeps watch small-1 --server {site.Cluster.Address}", page.WithId("copy-sweeps").Value, StringComparison.Ordinal);
        Assert.Equal(dataset.Spec.Hash, SmallDataset.Read(page.WithId("copy-spec").Value).Hash);
    }

    [Fact]
    public async Task A_sweep_of_another_version_is_shown_as_far_as_it_is_understood()
    {
        await using var site = Site.Start();
        site.Cluster.Add("drift-1").SpecJson = """{"experiment":"<b>unknown</b>"}""";

        var page = await site.PageAsync("/sweeps/drift-1");

        Assert.Contains("this version cannot read its spec", page.Text(), StringComparison.Ordinal);
        Assert.Contains("<b>unknown</b>", page.WithId("copy-spec").Value, StringComparison.Ordinal);
        await site.PageAsync("/sweeps/drift-1/extend", HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_number_leads_to_the_sweep_and_an_unknown_one_to_others()
    {
        await using var site = Site.Start();
        site.Cluster.Add("drift-17");

        using var answer = await site.Browser.GetAsync(new Uri("/sweeps/17?x=slope", UriKind.Relative));
        var unknown = await site.PageAsync("/sweeps/drift-18", HttpStatusCode.NotFound);

        Assert.Equal("/sweeps/drift-17?x=slope", answer.Headers.Location?.ToString());
        Assert.NotNull(unknown.Link("/sweeps/drift-17"));
        foreach (string part in (string[])["points/0", "cancel", "extend"]) await site.PageAsync($"/sweeps/nix/{part}", HttpStatusCode.NotFound);
        await site.SendAsync("/sweeps/nix/pause", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Pausing_resuming_and_cancelling_change_the_sweep_and_say_so()
    {
        await using var site = Site.Start();
        var sweep = site.Cluster.Add("drift-1");

        Assert.Contains("Paused: chunks in hand end", await AskAsync(site, "pause"), StringComparison.Ordinal);
        Assert.Equal(LedgerPhase.Paused, sweep.Seen.Progress.Phase);
        Assert.Contains("It goes on.", await AskAsync(site, "resume"), StringComparison.Ordinal);
        Assert.Equal(LedgerPhase.Running, sweep.Seen.Progress.Phase);
        var sure = await site.PageAsync("/sweeps/drift-1/cancel");
        Assert.Equal("/sweeps/drift-1/cancel", (string?)sure.All("form").Single().Attribute("action"));
        Assert.Equal(LedgerPhase.Running, sweep.Seen.Progress.Phase);
        Assert.Contains("Cancelled. The rows that it has stay.", await AskAsync(site, "cancel"), StringComparison.Ordinal);
        Assert.Equal(LedgerPhase.Cancelled, sweep.Seen.Progress.Phase);
        Assert.Contains("submit it again", await AskAsync(site, "resume"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("said=%3Cscript%3E")]
    [InlineData("said=refused-99")]
    [InlineData("said=refused-")]
    public async Task No_text_of_an_address_becomes_a_message(string query)
    {
        await using var site = Site.Start();
        site.Cluster.Add("drift-1");

        var page = await site.PageAsync($"/sweeps/drift-1?{query}");

        Assert.DoesNotContain(page.All("p"), paragraph => ((string?)paragraph.Attribute("class"))?.StartsWith("message", StringComparison.Ordinal) is true
            && (string?)paragraph.Attribute("role") == "status");
    }

    [Fact]
    public async Task Who_may_only_look_sees_no_buttons()
    {
        await using var site = Site.Start();
        var sweep = site.Cluster.Add("drift-1").Seen;

        Assert.DoesNotContain("<button", await Rendering.TextAsync<Dashboard.Pages.Parts.SweepActions>(("Sweep", sweep), ("MayOperate", false)), StringComparison.Ordinal);
        Assert.Contains("<button", await Rendering.TextAsync<Dashboard.Pages.Parts.SweepActions>(("Sweep", sweep), ("MayOperate", true)), StringComparison.Ordinal);
        Assert.DoesNotContain("/submit", await Rendering.TextAsync<Dashboard.Pages.Parts.Layout>(
            ("Title", "T"), ("Frame", new Dashboard.Pages.PageFrame(false, "here"))), StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(Site site, string verb)
    {
        using var answer = await site.PostAsync($"/sweeps/drift-1/{verb}");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return (await site.PageAsync(answer.Headers.Location!.ToString())).Text();
    }
}
