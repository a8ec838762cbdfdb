using System.Net;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Dashboard.Tests.Pages;

public sealed class SweepsPageTests
{
    [Fact]
    public async Task Sweeps_that_go_on_come_first_those_at_work_before_others()
    {
        await using var site = Site.Start();
        var ended = site.Cluster.Add("ended-1");
        ended.Work(10);
        ended.Stage = DatasetStage.Finished;
        var running = site.Cluster.Add("running-2");
        running.Work(4);
        running.Work(1, fail: true);
        running.Lease("host-2/0", 2);
        running.Rate = 0.5;
        site.Cluster.Add("paused-3").Take(new LedgerEvent.Pause());

        var page = await site.PageAsync("/");

        string[][] now = page.WithId("now").Rows();
        Assert.Equal(["running-2", "paused-3"], now.Select(row => row[0]));
        Assert.Equal("running", now[0][1]);
        Assert.StartsWith("4 of 10 points, 1 failed", now[0][2], StringComparison.Ordinal);
        Assert.Equal("30 per min", now[0][3]);
        Assert.Equal("12 s", now[0][4]);
        Assert.Equal("1", now[0][5]);
        Assert.Equal("2026-03-01 12:00 UTC", now[0][6]);
        string[] old = Assert.Single(page.WithId("ended-newest").Rows());
        Assert.Equal(["ended-1", "complete"], old[..2]);
        Assert.NotNull(page.Link("/sweeps/running-2"));
        Assert.NotNull(page.Link("/submit"));
        Assert.Equal("/events", (string?)page.All("body").Single().Attribute("data-events"));
    }

    [Fact]
    public async Task Ended_sweeps_come_by_the_page()
    {
        await using var site = Site.Start();
        foreach (int number in Enumerable.Range(1, 60)) site.Cluster.Add($"old-{number}").Take(new LedgerEvent.Cancel());

        var first = await site.PageAsync("/");
        var last = await site.PageAsync("/?ended=3");

        Assert.Equal(25, first.WithId("ended-newest").Rows().Length);
        Assert.NotNull(first.Link("/?ended=2#ended"));
        Assert.Equal(Enumerable.Range(1, 10).Reverse().Select(number => $"old-{number}"), last.WithId("ended-older").Rows().Select(row => row[0]));
        Assert.Equal(10, (await site.PageAsync("/?ended=99999")).WithId("ended-older").Rows().Length);
        Assert.Equal(25, (await site.PageAsync("/?ended=x")).WithId("ended-newest").Rows().Length);
    }

    [Fact]
    public async Task An_empty_cluster_says_so()
    {
        await using var site = Site.Start();

        Assert.Contains("Nothing runs at this moment.", (await site.PageAsync("/")).Text(), StringComparison.Ordinal);
        Assert.Contains("No silo has reported.", (await site.PageAsync("/silos")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_away_is_told_and_the_page_tries_again()
    {
        await using var site = Site.Start();
        site.Cluster.Unanswered = 1;

        var page = await site.PageAsync("/", HttpStatusCode.ServiceUnavailable);

        Assert.Contains(Fakes.FakeCluster.Gone, page.Text(), StringComparison.Ordinal);
        Assert.Equal("5", (string?)page.All("meta").Single(meta => (string?)meta.Attribute("http-equiv") == "refresh").Attribute("content"));
    }

    [Fact]
    public async Task An_address_without_a_page_gets_a_page_that_says_so()
    {
        await using var site = Site.Start();

        Assert.Contains("There is nothing at this address", (await site.PageAsync("/nothing/%3Cscript%3E", HttpStatusCode.NotFound)).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_pages_need_is_kept_for_ever_under_the_name_of_its_content()
    {
        await using var site = Site.Start();
        var page = await site.PageAsync("/");
        string?[] needed =
        [
            .. page.All("script").Select(script => (string?)script.Attribute("src")),
            .. page.All("link").Select(link => (string?)link.Attribute("href")),
        ];

        Assert.Equal(3, needed.Length);
        foreach (string? address in needed)
        {
            using var answer = await site.Browser.GetAsync(new Uri(address!, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl?.ToString());
            Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());
        }
        using var other = await site.Browser.GetAsync(new Uri("/assets/sweeps.css", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }
}
