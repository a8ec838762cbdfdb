using Sweeps.Grains.Hosts;

namespace Sweeps.Grains.Tests.Hosts;

public sealed class RecentChunksTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static RecentChunk Chunk(string worker, double grantedAgo, double? settledAgo, long points = 0) => new(
        0, worker, Now.AddSeconds(-grantedAgo), settledAgo is { } ago ? Now.AddSeconds(-ago) : null, settledAgo is null ? null : points);

    [Fact]
    public void A_lanes_rate_is_of_the_chunks_that_it_settled_since_it_took_the_first_of_them()
    {
        var recent = new RecentChunks(Now, [Chunk("a", 20, 10, 300), Chunk("a", 10, 1, 100), Chunk("a", 50, null), Chunk("b", 30, 2, 1)]);

        Assert.Equal(20, recent.PointsPerSecondOf("a"));
    }

    [Theory]
    [InlineData(90, 1.0)]
    [InlineData(0.01, 60.0)]
    public void It_is_over_a_second_at_least_and_a_minute_at_most(double grantedAgo, double rate) =>
        Assert.Equal(rate, new RecentChunks(Now, [Chunk("a", grantedAgo, 0, 60)]).PointsPerSecondOf("a"));

    [Fact]
    public void A_lane_that_settled_nothing_has_no_rate()
    {
        var recent = new RecentChunks(Now, [Chunk("a", 20, null)]);

        Assert.Null(recent.PointsPerSecondOf("a"));
        Assert.Null(recent.PointsPerSecondOf("b"));
    }
}
