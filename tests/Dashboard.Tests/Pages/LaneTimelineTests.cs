using Sweeps.Dashboard.Pages;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Tests.Pages;

public sealed class LaneTimelineTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static RecentChunk Chunk(int number, string worker, double grantedAgo, double? settledAgo) => new(
        number, worker, Now.AddSeconds(-grantedAgo), settledAgo is { } ago ? Now.AddSeconds(-ago) : null, settledAgo is null ? null : 30);

    private static LaneTimeline[] Of(params RecentChunk[] chunks) => [.. LaneTimeline.Of(new RecentChunks(Now, [.. chunks]))];

    [Fact]
    public void Lanes_come_in_the_order_of_their_keys_each_with_its_chunks()
    {
        var lanes = Of(Chunk(3, "b", 15, null), Chunk(1, "a", 30, 15), Chunk(0, "a", 45, 30));

        Assert.Equal(["a", "b"], lanes.Select(lane => lane.Worker));
        Assert.Equal([(0, 0.25, 0.5), (1, 0.5, 0.75)], lanes[0].Bars.Select(bar => (bar.Chunk.Chunk, bar.From, bar.To)));
        Assert.Equal((2, 60 / 45.0), (lanes[0].Settled, lanes[0].PointsPerSecond));
        Assert.Equal((0, (double?)null), (lanes[1].Settled, lanes[1].PointsPerSecond));
        Assert.Equal((0.75, 1), (lanes[1].Bars[0].From, lanes[1].Bars[0].To));
    }

    [Fact]
    public void A_bar_begins_a_minute_ago_at_the_earliest() =>
        Assert.Equal((0, 0.5), Of(Chunk(0, "a", 200, 30)).Select(lane => (lane.Bars[0].From, lane.Bars[0].To)).Single());

    [Fact]
    public void Bars_of_a_row_do_not_overlap_and_rows_are_few()
    {
        var lane = Of(Chunk(0, "a", 60, 40), Chunk(1, "a", 60, 30), Chunk(2, "a", 40, 20), Chunk(3, "a", 35, null)).Single();

        Assert.Equal([0, 1, 0, 2], lane.Bars.Select(bar => bar.Row));
        Assert.Equal(3, lane.Rows);
    }

    [Fact]
    public void Without_chunks_there_are_no_lanes() => Assert.Empty(Of());
}
