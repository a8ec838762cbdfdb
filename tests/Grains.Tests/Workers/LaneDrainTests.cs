using Sweeps.Grains.Leases;
using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Tests.Workers;

/// <summary>How a lane of a cluster ends before its sweep does.</summary>
public sealed class LaneDrainTests
{
    [Fact]
    public async Task A_drained_lane_hands_back_what_it_has_not_begun_and_finishes_the_rest()
    {
        await using var cluster = new ClusterLane();
        var run = cluster.Start();
        await cluster.Log.Heard("begun 0");
        await cluster.Drain.CancelAsync();
        await cluster.Log.Heard("release 1");
        Assert.False(run.IsCompleted);
        cluster.Go();
        await run;

        Assert.Equal([0L, 1, 2, 3, 4], cluster.Placed);
        Assert.Equal(1, cluster.Log.CountOf("claim"));
        Assert.Equal((1, 0), await cluster.ProgressAsync() is var progress ? (progress.Settled, progress.Leased) : default);
    }

    [Fact]
    public async Task A_drained_lane_renews_what_it_finishes()
    {
        await using var cluster = new ClusterLane();
        var run = cluster.Start();
        await cluster.Log.Heard("begun 0");
        await cluster.Drain.CancelAsync();
        await cluster.Log.Heard("release 1");
        cluster.Time.Advance(ClusterLane.Third);
        await cluster.Log.Heard("renewed 0");
        cluster.Go();
        await run;
        Assert.Equal([0L, 1, 2, 3, 4], cluster.Placed);
    }

    [Fact]
    public async Task A_drained_lane_waits_for_a_lost_database_with_what_is_staged()
    {
        await using var cluster = new ClusterLane();
        var run = cluster.Start();
        await cluster.Log.Heard("begun 0");
        cluster.Grain.Hang();
        cluster.Time.Advance(ClusterLane.Third);
        await cluster.Drain.CancelAsync();
        await cluster.Log.Heard("release 1");
        cluster.Go();
        await cluster.Log.Heard("Sync");
        cluster.Time.Advance(100 * ClusterLane.Third);
        Assert.False(run.IsCompleted);
        cluster.Grain.Answer();
        await run;
        Assert.Equal([0L, 1, 2, 3, 4], cluster.Placed);
    }

    [Fact]
    public async Task A_drained_lane_gives_a_claim_on_its_way_a_moment()
    {
        await using var cluster = new ClusterLane();
        cluster.Grain.Hang();
        var run = cluster.Start();
        await cluster.Log.Heard("claim");
        await cluster.Drain.CancelAsync();
        cluster.Time.Advance(Lane.CallsPatience - TimeSpan.FromTicks(1));
        Assert.False(run.IsCompleted);
        cluster.Time.Advance(TimeSpan.FromTicks(1));
        await run;
        Assert.Empty(cluster.Grain.Granted);
    }

    [Fact]
    public async Task A_drained_lane_hands_back_what_a_claim_on_its_way_brings()
    {
        await using var cluster = new ClusterLane();
        cluster.Grain.Hang();
        var run = cluster.Start();
        await cluster.Log.Heard("claim");
        await cluster.Drain.CancelAsync();
        cluster.Go(); // a thread may be quick enough to begin
        cluster.Grain.Answer();
        await run;
        Assert.Equal(2, cluster.Grain.Granted.Count);
        Assert.Equal(0, (await cluster.ProgressAsync()).Leased);
    }

    [Fact]
    public async Task A_cancelled_lane_hands_back_what_is_not_whole()
    {
        await using var cluster = new ClusterLane();
        var run = cluster.Start();
        await cluster.Log.Heard("begun 0");
        await cluster.Cancellation.CancelAsync();
        cluster.Go();
        await run;
        Assert.Empty(cluster.Placed);
        Assert.Equal(1, cluster.Log.CountOf("release 0,1"));
        Assert.Equal(["dropped 0", "dropped 1"], cluster.Log.Of("dropped").Order());
        Assert.Equal(0, (await cluster.ProgressAsync()).Leased);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelled_while_the_grain_hangs_it_ends_after_its_patience(bool isDrained)
    {
        await using var cluster = new ClusterLane();
        var run = cluster.Start();
        await cluster.Log.Heard("begun 0");
        cluster.Grain.Hang();
        cluster.Time.Advance(ClusterLane.Third);
        await cluster.Log.Heard("renew 0,1");
        if (isDrained) await cluster.Drain.CancelAsync();
        cluster.Go();
        await cluster.Log.Heard("Sync", isDrained ? 1 : 2);
        await cluster.Cancellation.CancelAsync();
        await cluster.Time.TimerOf(Lane.CallsPatience, isDrained ? 2 : 1); // the drain has one for the claims
        cluster.Time.Advance(Lane.CallsPatience - TimeSpan.FromTicks(1));
        Assert.False(run.IsCompleted);
        cluster.Time.Advance(Lane.CallsPatience);
        await run;
        Assert.Empty(cluster.Placed);
        Assert.Equal(2, (await cluster.ProgressAsync()).Leased); // left to expire
    }

    [Fact]
    public async Task Cancelled_before_anything_was_granted_it_ends_after_its_patience()
    {
        await using var cluster = new ClusterLane();
        cluster.Grain.Hang();
        var run = cluster.Start();
        await cluster.Log.Heard("claim");
        await cluster.Cancellation.CancelAsync();
        await cluster.Time.TimerOf(Lane.CallsPatience);
        cluster.Time.Advance(Lane.CallsPatience);
        await run;
        Assert.Equal(0, cluster.Experiment.MeasureCalls);
    }

    [Theory]
    [InlineData(Refusal.PlanChanged)]
    [InlineData(Refusal.Cancelled)]
    public async Task Told_that_the_plan_is_another_it_finishes_what_it_has_begun_if_its_leases_hold(Refusal reason)
    {
        await using var cluster = new ClusterLane();
        var run = cluster.Start();
        await cluster.Log.Heard("begun 0");
        cluster.Grain.RefuseClaim = () => reason;
        cluster.Go();
        await run;
        Assert.Equal(2, cluster.Log.CountOf("claim"));
        Assert.True(cluster.Placed.Length is 5 or 10); // the next may have been begun
        Assert.Equal(0, (await cluster.ProgressAsync()).Leased);
    }

    [Theory]
    [InlineData(Refusal.PlanChanged)]
    [InlineData(Refusal.Cancelled)]
    public async Task Told_that_the_plan_is_another_it_drops_what_is_void(Refusal reason)
    {
        await using var cluster = new ClusterLane();
        // Point 5 is the first of chunk 1; the last of chunk 0 was handed out before it, which is when the lane asks again.
        var run = cluster.Start();
        await cluster.Log.Heard("begun 0");
        cluster.Grain.RefuseClaim = () => reason;
        cluster.Grain.RefuseRenewal = _ => Refusal.UnknownLease;
        cluster.Grain.RefuseCompletion = _ => Refusal.UnknownLease;
        cluster.Go();
        await run;
        Assert.Equal(["dropped 0", "dropped 1"], cluster.Log.Of("dropped").Order());
        Assert.Empty(cluster.Log.Of("settled"));
    }

    [Fact]
    public async Task Of_a_paused_sweep_a_lane_of_a_cluster_returns_when_it_holds_nothing()
    {
        await using var cluster = new ClusterLane { WhenPaused = WhenPaused.Return };
        var run = cluster.Start();
        await cluster.Log.Heard("begun 0");
        cluster.Grain.RefuseClaim = () => Refusal.Paused;
        cluster.Go();
        await cluster.Log.Heard("settled 1");
        while (!run.IsCompleted)
        {
            cluster.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        await run;
        Assert.Equal(10, cluster.Placed.Length);
    }

    [Fact]
    public async Task Of_a_paused_sweep_a_lane_that_has_no_other_waits()
    {
        await using var cluster = new ClusterLane { WhenPaused = WhenPaused.Wait };
        cluster.Grain.RefuseClaim = () => Refusal.Paused;
        cluster.Go();
        var run = cluster.Start();
        for (int i = 1; i <= 3; i++)
        {
            await cluster.Log.Heard("claim", i);
            await cluster.Time.TimerOf(TimeSpan.FromSeconds(1));
            cluster.Time.Advance(TimeSpan.FromSeconds(1));
        }
        cluster.Grain.RefuseClaim = () => null;
        while (!run.IsCompleted)
        {
            cluster.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        await run;
        Assert.Equal(await ClusterLane.Undisturbed(), cluster.Digest());
    }
}
