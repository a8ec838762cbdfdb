using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Sweeps.Dashboard.Api;
using Sweeps.Dashboard.Live;
using Sweeps.Fakes;

namespace Sweeps.Dashboard.Tests.Api;

public sealed class SweepEventsTests
{
    private static async Task<Stream> FollowAsync(ApiHost host)
    {
        var answer = await host.Client.GetAsync("sweeps/17/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        return await answer.Content.ReadAsStreamAsync();
    }

    [Fact]
    public async Task A_follower_hears_where_the_sweep_stands_then_what_happens_then_that_it_is_gone()
    {
        await using var host = ApiHost.Start();
        var sweep = host.Cluster.Add("drift-17");
        host.Cluster.Happenings.Enqueue(() => sweep.Work(4));
        host.Cluster.Happenings.Enqueue(() => host.Cluster.Sweeps.Clear());

        List<SseItem<string>> heard = [];
        await using var stream = await FollowAsync(host);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync()) heard.Add(item);

        Assert.Equal(["progress", "progress", "end"], heard.Select(item => item.EventType));
        Assert.Equal([0, 4], heard[..2].Select(item => JsonDocument.Parse(item.Data).RootElement.GetProperty("points_done").GetInt64()));
        Assert.Equal("drift-17", JsonDocument.Parse(heard[0].Data).RootElement.GetProperty("id").GetString());
        Assert.Equal("{}", heard[2].Data);
    }

    [Fact]
    public async Task A_cluster_that_is_gone_meanwhile_is_told_and_then_it_goes_on()
    {
        await using var host = ApiHost.Start();
        var sweep = host.Cluster.Add("drift-17");
        host.Cluster.Happenings.Enqueue(() => host.Cluster.Unanswered = 1);
        host.Cluster.Happenings.Enqueue(() => host.Cluster.Sweeps.Clear());

        List<SseItem<string>> heard = [];
        await using var stream = await FollowAsync(host);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync()) heard.Add(item);

        Assert.Contains(heard, item => item.EventType == "trouble"
            && JsonDocument.Parse(item.Data).RootElement.GetProperty("detail").GetString() == FakeCluster.Gone);
        Assert.Equal("end", heard[^1].EventType);
        Assert.NotNull(sweep);
    }

    [Fact]
    public async Task What_goes_wrong_inside_is_logged_and_the_stream_cut_off_as_if_the_follower_were_still_there()
    {
        ConcurrentQueue<string> log = [];
        await using var host = ApiHost.Start(log: log.Enqueue);
        host.Cluster.Add("drift-17");
        host.Cluster.Happenings.Enqueue(() => throw new IOException("no space left on device"));

        await using var stream = await FollowAsync(host);
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            await foreach (var item in SseParser.Create(stream).EnumerateAsync()) Assert.Equal("progress", item.EventType);
        });
        Assert.EndsWith("IOException: no space left on device", Assert.Single(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_happens_a_comment_says_now_and_then_that_the_connection_is_there()
    {
        var clock = new HeldClock();
        await using var host = ApiHost.Start(clock);
        host.Cluster.Add("drift-17");
        await using var stream = await FollowAsync(host);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        Assert.Equal("retry: 3000", await reader.ReadLineAsync());
        Assert.Equal("", await reader.ReadLineAsync());
        Assert.Equal("event: progress", await reader.ReadLineAsync());
        Assert.StartsWith("data: {", await reader.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal("", await reader.ReadLineAsync());
        foreach (int _ in (int[])[1, 2])
        {
            await clock.RingAsync(TimeSpan.FromSeconds(15));
            Assert.Equal(": ", await reader.ReadLineAsync());
            Assert.Equal("", await reader.ReadLineAsync());
        }
    }

    [Fact]
    public async Task A_dashboard_that_ends_does_not_wait_for_its_followers()
    {
        var host = ApiHost.Start();
        host.Cluster.Add("drift-17");
        await using var stream = await FollowAsync(host);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync() is { } line && line != "event: progress") Assert.NotEqual("event: end", line);
        await host.DisposeAsync();
    }

    [Fact]
    public void News_is_written_once_however_many_hear_it()
    {
        var sweep = new FakeCluster().Add("drift-17");
        var news = new SweepNews(sweep.Seen, null);
        Assert.True(EventText.Of(news).Equals(EventText.Of(news)));
        Assert.False(EventText.Of(news).Equals(EventText.Of(new(sweep.Seen, null))));
    }

    [Fact]
    public void What_a_sweep_says_cannot_end_an_event()
    {
        var sweep = new FakeCluster().Add("drift-17");
        sweep.Notes = ["one\n\nevent: end\ndata: {}\n\n", "two\r\rthree"];
        string text = Encoding.UTF8.GetString(EventText.Of(new(sweep.Seen, null)).Span);
        Assert.Equal(["event: progress", text.Split('\n')[1], "", ""], text.Split('\n'));
        Assert.DoesNotContain('\r', text);
    }
}
