using Sweeps.Dashboard.Tests.Pages;
using Sweeps.Fakes;

namespace Sweeps.Dashboard.Tests.Live;

public sealed class PageEventsTests
{
    private static async Task<StreamReader> FollowAsync(Site site, string address)
    {
        var answer = await site.Browser.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        return new(await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>Reads until a line has the words.</summary>
    private static async Task<string> HeardAsync(StreamReader stream, string words)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        var heard = new System.Text.StringBuilder();
        while (await stream.ReadLineAsync(patience.Token) is { } line)
        {
            heard.Append(line).Append('\n');
            if (line.Contains(words, StringComparison.Ordinal)) return heard.ToString();
        }
        throw new InvalidOperationException($"ended without {words}: {heard}");
    }

    [Fact]
    public async Task A_sweeps_page_hears_of_what_happens_to_it()
    {
        await using var site = Site.Start();
        var sweep = site.Cluster.Add("drift-1");
        site.Cluster.Happenings.Enqueue(() => sweep.Work(1));
        using var stream = await FollowAsync(site, "/sweeps/drift-1/events");

        string all = await HeardAsync(stream, "-0-0-Ready");
        Assert.Contains("event: fragment\ndata: status\n", all, StringComparison.Ordinal);
        Assert.Contains("event: fragment\ndata: chunks\n", all, StringComparison.Ordinal);
        Assert.Contains("event: figure\ndata: figure\n", all, StringComparison.Ordinal);
        string changed = await HeardAsync(stream, "-1-0-Ready");
        Assert.Contains("data: status\n", changed, StringComparison.Ordinal);
        Assert.DoesNotContain("data: timeline\n", changed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_hear_of_new_sweeps_and_silos()
    {
        await using var site = Site.Start();
        using var sweeps = await FollowAsync(site, "/events");
        using var silos = await FollowAsync(site, "/silos/events");
        await HeardAsync(sweeps, "Nothing runs");
        await HeardAsync(silos, "No silo has reported");

        site.Cluster.Add("drift-1");
        site.Cluster.Silos.Add(new("host-1", "0.1.0", "/data", "working", default, default, []));

        await HeardAsync(sweeps, "/sweeps/drift-1");
        await HeardAsync(silos, "host-1");
    }

    [Fact]
    public async Task A_server_that_goes_away_is_told_to_those_who_follow()
    {
        await using var site = Site.Start();
        site.Cluster.Add("drift-1");
        using var stream = await FollowAsync(site, "/events");
        await HeardAsync(stream, "ended-newest");

        site.Cluster.Unanswered = 1;

        await HeardAsync(stream, FakeCluster.Gone);
    }

    [Fact]
    public async Task A_sweep_that_is_not_there_has_no_events()
    {
        await using var site = Site.Start();

        using var answer = await site.Browser.GetAsync(new Uri("/sweeps/nix/events", UriKind.Relative));

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }
}
