using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Tests.Workers;

/// <summary>A lane whose leases expire: when it renews, and what it does when it has lost one, or cannot know.</summary>
public sealed class LaneLeasesTests
{
    [Fact]
    public async Task All_leases_are_renewed_in_one_batch_each_third_of_their_duration()
    {
        await using var cluster = new ClusterLane();
        var run = cluster.Start();
        await cluster.Log.Heard("begun 0");

        for (int i = 1; i <= 5; i++)
        {
            cluster.Time.Advance(ClusterLane.Third - TimeSpan.FromTicks(1));
            Assert.Equal(i - 1, cluster.Log.Of("renew").Length);
            cluster.Time.Advance(TimeSpan.FromTicks(1));
            await cluster.Log.Heard("renewed 0,1", i);
        }
        cluster.Go();
        await run;

        Assert.Equal(LedgerPhase.Completed, (await cluster.ProgressAsync()).Phase);
        Assert.Equal(await ClusterLane.Undisturbed(), cluster.Digest());
    }

    [Fact]
    public async Task Leases_that_never_expire_are_not_renewed()
    {
        await using var cluster = new ClusterLane(leasesExpire: false);
        var run = cluster.Start();
        await cluster.Log.Heard("begun 0");
        cluster.Time.Advance(100 * ClusterLane.Third);
        cluster.Go();
        await run;

        Assert.Empty(cluster.Log.Of("renew"));
        Assert.Equal(await ClusterLane.Undisturbed(), cluster.Digest());
    }

    [Fact]
    public async Task A_refused_renewal_drops_that_chunk_at_once_and_no_other()
    {
        await using var cluster = new ClusterLane();
        var run = cluster.Start();
        await cluster.Log.Heard("begun 0");
        await cluster.Lose(0);
        cluster.Time.Advance(ClusterLane.Third);
        await cluster.Log.Heard("dropped 0");
        cluster.Go();
        await run;

        // Point 0 was in hand then, and the chunk came again under a higher epoch: it alone was measured twice.
        Assert.Equal(21, cluster.Experiment.MeasureCalls);
        Assert.Equal(1, cluster.Log.CountOf("point 0"));
        Assert.Equal(["dropped 0"], cluster.Log.Of("dropped"));
        Assert.Equal(2, cluster.Grain.Granted.Count(lease => lease.Id.Chunk == 0));
        Assert.Equal(LedgerPhase.Completed, (await cluster.ProgressAsync()).Phase);
        Assert.Equal(await ClusterLane.Undisturbed(), cluster.Digest());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task While_the_grain_does_not_answer_chunks_are_staged_and_placed_only_after_a_renewal(bool leasesSurvive)
    {
        await using var cluster = new ClusterLane(leasesSurvive ? null : 3 * ClusterLane.Third);
        var run = cluster.Start();
        await cluster.Log.Heard("begun 0");
        cluster.Grain.Hang();
        cluster.Time.Advance(ClusterLane.Third);
        await cluster.Log.Heard("renew 0,1");
        cluster.Go();
        await cluster.Log.Heard("Sync", 2);
        Assert.Equal(10, cluster.Experiment.MeasureCalls);
        cluster.Time.Advance(9 * ClusterLane.Third);
        Assert.Empty(cluster.Placed);
        Assert.Equal(1, cluster.Log.CountOf("renew 0,1"));

        cluster.Grain.Answer();
        await run;

        string[] since = [.. cluster.Log.Lines.SkipWhile(line => line != "back")];
        if (leasesSurvive)
        {
            // The renewal that came through was sent too long ago to say anything: another goes first.
            int sent = Array.FindIndex(since, line => line.StartsWith("renew 0,1", StringComparison.Ordinal));
            int answered = Array.FindIndex(since, sent, line => line.StartsWith("renewed 0,1", StringComparison.Ordinal));
            Assert.InRange(answered, sent, Array.IndexOf(since, "Link"));
            Assert.InRange(Array.FindIndex(since, line => line.StartsWith("complete 0", StringComparison.Ordinal)), answered, int.MaxValue);
            Assert.Equal(20, cluster.Experiment.MeasureCalls);
        }
        else
        {
            Assert.Equal(["dropped 0", "dropped 1"], since.Where(line => line.StartsWith("dropped", StringComparison.Ordinal)).Order());
            Assert.True(Array.IndexOf(since, "dropped 1") < Array.IndexOf(since, "Link"));
            Assert.Equal(30, cluster.Experiment.MeasureCalls);
        }
        Assert.Equal(LedgerPhase.Completed, (await cluster.ProgressAsync()).Phase);
        Assert.Equal(await ClusterLane.Undisturbed(), cluster.Digest());
    }

    [Fact]
    public async Task A_chunk_that_is_whole_while_its_grant_is_fresh_needs_no_renewal()
    {
        await using var cluster = new ClusterLane();
        cluster.Go();
        await cluster.Start();

        Assert.Empty(cluster.Log.Of("renew"));
        Assert.Equal(await ClusterLane.Undisturbed(), cluster.Digest());
    }

    [Fact]
    public async Task A_grant_that_was_long_on_its_way_is_renewed_before_anything_is_placed()
    {
        await using var cluster = new ClusterLane();
        cluster.Grain.Hang();
        cluster.Go();
        var run = cluster.Start();
        await cluster.Log.Heard("claim");
        cluster.Time.Advance(2 * ClusterLane.Third);
        cluster.Grain.Answer();
        await run;

        string[] lines = cluster.Log.Lines;
        int renewed = Array.FindIndex(lines, line => line.StartsWith("renewed", StringComparison.Ordinal) && line.Contains('0'));
        Assert.InRange(renewed, 0, Array.IndexOf(lines, "Link"));
        Assert.Equal(await ClusterLane.Undisturbed(), cluster.Digest());
    }

    [Fact]
    public async Task A_refused_completion_is_no_failure()
    {
        await using var cluster = new ClusterLane();
        cluster.Grain.RefuseCompletion = chunk => chunk == 1 ? Refusal.StaleEpoch : null;
        cluster.Go();
        await cluster.Start();

        Assert.Equal(["dropped 1"], cluster.Log.Of("dropped"));
        Assert.Equal(["settled 0", "settled 2", "settled 3"], cluster.Log.Of("settled"));
        // Whoever holds it now finds its rows in place.
        Assert.Equal(await ClusterLane.Undisturbed(), cluster.Digest());
    }

    [Fact]
    public async Task A_disk_that_fails_ends_the_lane_and_others_get_its_chunks()
    {
        await using var cluster = new ClusterLane { FailsAtLink = 2 };
        cluster.Go();
        var failed = await Assert.ThrowsAsync<IOException>(cluster.Start);

        Assert.Equal("no room", failed.Message);
        Assert.Equal((1, 0), await cluster.ProgressAsync() is var progress ? (progress.Settled, progress.Leased) : default);
    }

    [Fact]
    public async Task A_device_that_is_lost_while_the_grain_does_not_answer_stops_nothing_else()
    {
        await using var cluster = new ClusterLane { LostAtPoint = 1 };
        var run = cluster.Start();
        await cluster.Log.Heard("begun 0");
        cluster.Grain.Hang();
        cluster.Go();
        await cluster.Log.Heard("failed 0: lost");
        await cluster.Log.Heard("point 9");
        await cluster.Log.Heard("Sync");
        Assert.Empty(cluster.Placed);
        cluster.Grain.Answer();
        await run;

        Assert.Equal(1, cluster.Log.CountOf("dropped 0"));
        Assert.Equal(await ClusterLane.Undisturbed(), cluster.Digest());
    }

    [Fact]
    public async Task A_dataset_that_was_exchanged_is_a_lost_lease()
    {
        await using var cluster = new ClusterLane { MovedAtLink = 2 };
        cluster.Go();
        await cluster.Start();

        Assert.Equal(["dropped 1"], cluster.Log.Of("dropped"));
        Assert.Equal((3, 1), await cluster.ProgressAsync() is var progress ? (progress.Settled, progress.Leased) : default);
    }
}
