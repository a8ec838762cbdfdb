using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Tests.Workers;

/// <summary>Staged chunks and nothing else of a lane.</summary>
public sealed class LaneSettlingTests
{
    [Fact]
    public async Task What_is_staged_together_is_confirmed_and_completed_in_one_batch()
    {
        await using var cluster = new ClusterLane();
        using var parts = new Parts(cluster);
        var runs = await parts.StageAsync(3);
        cluster.Time.Advance(ClusterLane.Third);
        foreach (var run in runs) parts.Settling.Settle(run, run.Count, 0);
        parts.Settling.End();
        await parts.Settling.RunAsync(CancellationToken.None);

        Assert.Equal(["renew 0,1,2"], cluster.Log.Of("renew"));
        Assert.Equal(["complete 0,1,2"], cluster.Log.Of("complete"));
        Assert.Equal((3, 0), (cluster.Log.Of("settled").Length, parts.Leases.Count));
    }

    [Fact]
    public async Task What_is_staged_while_a_lease_is_confirmed_goes_into_its_batch()
    {
        await using var cluster = new ClusterLane();
        using var parts = new Parts(cluster);
        var runs = await parts.StageAsync(2);
        cluster.Time.Advance(ClusterLane.Third);
        cluster.Grain.Hang();
        parts.Settling.Settle(runs[0], runs[0].Count, 0);
        var settled = parts.Settling.RunAsync(CancellationToken.None);
        await cluster.Log.Heard("renew 0,1");
        parts.Settling.Settle(runs[1], runs[1].Count, 0);
        parts.Settling.End();
        cluster.Grain.Answer();
        await settled;

        Assert.Equal(["complete 0,1"], cluster.Log.Of("complete"));
    }

    [Fact]
    public async Task A_confirmation_lasts_less_than_a_third_of_a_lease_from_when_it_was_asked_for()
    {
        await using var cluster = new ClusterLane();
        using var parts = new Parts(cluster);
        var run = (await parts.StageAsync(1))[0];
        cluster.Time.Advance(ClusterLane.Third - TimeSpan.FromTicks(1));
        Assert.True(await parts.Leases.ConfirmAsync(run, CancellationToken.None));
        Assert.Empty(cluster.Log.Of("renew"));

        cluster.Time.Advance(TimeSpan.FromTicks(1));
        cluster.Grain.Hang();
        var confirmed = parts.Leases.ConfirmAsync(run, CancellationToken.None);
        cluster.Time.Advance(ClusterLane.Third);
        cluster.Grain.Answer();
        Assert.True(await confirmed);
        // The first of these was a third old when it was answered.
        Assert.Equal(["renew 0", "renew 0"], cluster.Log.Of("renew"));
    }

    [Fact]
    public async Task A_dropped_chunk_is_not_placed()
    {
        await using var cluster = new ClusterLane();
        using var parts = new Parts(cluster);
        var runs = await parts.StageAsync(2);
        await cluster.Lose(1);
        cluster.Time.Advance(ClusterLane.Third);
        foreach (var run in runs) parts.Settling.Settle(run, run.Count, 0);
        parts.Settling.End();
        await parts.Settling.RunAsync(CancellationToken.None);

        Assert.Equal([runs[1]], parts.Dropped);
        Assert.Equal(["complete 0"], cluster.Log.Of("complete"));
        Assert.Equal(1, cluster.Log.CountOf("Link"));
    }

    private sealed class Parts : IDisposable
    {
        private readonly ClusterLane cluster;
        private readonly SemaphoreSlim changed = new(0);
        private readonly LaneFailure failure = new(CancellationToken.None);

        public Parts(ClusterLane cluster)
        {
            this.cluster = cluster;
            var watch = new LoggingWatch(cluster.Log);
            Leases = new(cluster.Grain, watch, cluster.Time, Dropped.Add, changed);
            Settling = new(cluster.Grain, watch, Leases, failure);
        }

        public LaneLeases Leases { get; }

        public LaneSettling Settling { get; }

        public List<ChunkRun> Dropped { get; } = [];

        public async Task<List<ChunkRun>> StageAsync(int count)
        {
            var answer = await cluster.Grain.ClaimAsync("test", count, CancellationToken.None);
            List<ChunkRun> runs = [.. answer.Leases.Select(cluster.StagedRun)];
            runs.ForEach(Leases.Hold);
            return runs;
        }

        public void Dispose()
        {
            failure.Throw();
            Leases.Dispose();
            failure.Dispose();
            changed.Dispose();
        }
    }
}
