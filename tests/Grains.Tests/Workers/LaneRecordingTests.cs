using Sweeps.Grains.Telemetry.Declarations;
using Sweeps.Grains.Telemetry.Exposition;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Grains.Tests.Workers;

/// <summary>What a lane tells of its work, where somebody listens.</summary>
public sealed class LaneRecordingTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_lane_tells_of_its_points_chunks_files_leases_and_times_with_no_label_but_the_declared()
    {
        await using var cluster = new ClusterLane();
        using var recorded = new RecordedLane(cluster);
        (string, string) sweep = ("sweep", recorded.Sweep), cpu = ("device_kind", "cpu"), lane = ("lane", "3");
        var run = cluster.Start();
        await cluster.Log.Heard("begun 0");
        cluster.Time.Advance(4 * Second);
        var page = await recorded.PageAsync();
        Assert.Equal(2, page.Value("sweeps_leases_held", lane, cpu));
        Assert.Equal(4, page.Value("sweeps_lease_age_seconds", lane, cpu));
        Assert.Equal(4, page.Value("sweeps_lease_silence_seconds", lane, cpu));
        cluster.Time.Advance(ClusterLane.Third - 4 * Second);
        await cluster.Log.Heard("renewed 0,1");
        // The lane hears of it a moment later.
        using (var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System))
        {
            do
            {
                deadline.Token.ThrowIfCancellationRequested();
                page = await recorded.PageAsync();
            }
            while (page.Value("sweeps_lease_silence_seconds", lane, cpu) > 0);
        }
        Assert.Equal(10, page.Value("sweeps_lease_age_seconds", lane, cpu));
        cluster.Go();
        await run;

        page = await recorded.PageAsync();
        Assert.Equal(20, page.Value("sweeps_points_finished_total", sweep, cpu, ("outcome", "done")));
        Assert.Equal(4, page.Value("sweeps_chunks_settled_total", sweep, cpu));
        Assert.Equal(20, page.Value("sweeps_dataset_rows_total", sweep, ("table", "points")));
        Assert.True(page.Value("sweeps_dataset_written_bytes_total", sweep, ("table", "points")) > 4 * 100);
        Assert.Equal((4, 10), Histogram("sweeps_chunk_duration_seconds", ("experiment", "gaussian-mixture"), cpu));
        Assert.Equal(4, Histogram("sweeps_chunk_publication_duration_seconds", ("experiment", "gaussian-mixture")).Count);
        Assert.Equal(1, Histogram("sweeps_lease_call_duration_seconds", ("call", "renew")).Count);
        Assert.True(Histogram("sweeps_lease_call_duration_seconds", ("call", "claim")).Count >= 2);
        Assert.InRange(Histogram("sweeps_lease_call_duration_seconds", ("call", "complete")).Count, 1, 4);
        // The clock stood still but for point 0.
        Assert.Equal(10, page.Value("sweeps_lane_kernel_time_seconds_total", lane, cpu));
        Assert.Equal(10, page.Value("sweeps_lane_thread_time_seconds_total", lane, cpu));
        Assert.InRange(
            Histogram("sweeps_point_deviation", ("experiment", "gaussian-mixture"), ("quantity", "t_speciation")).Count, 1, 20);
        Assert.True(page.Value("sweeps_point_deviation_worst", sweep, ("quantity", "t_speciation")) > 0);
        Assert.Empty(page.Series("sweeps_leases_held")); // the lane is over
        // What did not happen is told as well, so that the first time is seen as one.
        Assert.Equal(0, page.Value("sweeps_points_finished_total", sweep, cpu, ("outcome", "failed")));
        Assert.Equal(0, page.Value("sweeps_chunks_retried_total", sweep));
        Assert.Equal(Enum.GetValues<DropReason>().Length, page.Series("sweeps_chunks_dropped_total").Count);
        Assert.All(page.Series("sweeps_chunks_dropped_total"), one => Assert.Equal(0, one.Value));
        var allowed = Instruments.All.ToDictionary(
            one => PrometheusName.Of(one).Sample, one => one.Labels.Select(PrometheusName.OfLabel).Append("le").ToHashSet());
        foreach (string family in page.Families)
            Assert.All(
                (string[])[family, family + "_bucket", family + "_sum", family + "_count"],
                name => Assert.All(page.Series(name), one => Assert.Subset(allowed[family], one.Labels.Keys.ToHashSet())));

        (double Count, double Sum) Histogram(string name, params (string, string)[] labels) =>
            (page.Value(name + "_count", labels), page.Value(name + "_sum", labels));
    }

    [Fact]
    public async Task A_thread_that_waits_is_told_of_while_it_does()
    {
        await using var cluster = new ClusterLane();
        using var recorded = new RecordedLane(cluster);
        using var held = new ManualResetEventSlim();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        var after = cluster.Disk.AfterStep;
        cluster.Disk.AfterStep = name =>
        {
            after(name);
            if (name == "Link") held.Wait(deadline.Token);
        };
        cluster.Go();
        var run = cluster.Start();
        await cluster.Log.Heard("Link");
        await cluster.Log.Heard("begun 14"); // three chunks are all that it may hold

        // The first advance may come while point 14 is being measured; the second cannot.
        foreach (int total in new[] { 4, 8 })
        {
            cluster.Time.Advance(4 * Second);
            while (await ValueAsync("sweeps_lane_thread_time_seconds_total") < total) deadline.Token.ThrowIfCancellationRequested();
        }
        Assert.InRange(await ValueAsync("sweeps_lane_kernel_time_seconds_total"), 0, 4);
        held.Set();
        await run;

        async Task<double> ValueAsync(string name) =>
            (await recorded.PageAsync()).Series(name).Sum(one => one.Value);
    }

    [Fact]
    public async Task A_chunks_life_is_a_trace_with_its_steps()
    {
        await using var cluster = new ClusterLane();
        using var recorded = new RecordedLane(cluster);
        cluster.Go();
        await cluster.Start();
        var lives = recorded.Lives();
        Assert.Equal([0, 1, 2, 3], lives.Select(life => life.Chunk).Order());
        Assert.All(lives, life => Assert.Equal("settled", life.Outcome));
        Assert.All(lives, life => Assert.Equal(["claim", "compute", "publish", "complete"], life.Steps));
    }

    [Fact]
    public async Task A_lease_that_is_lost_is_a_drop_with_its_reason()
    {
        await using var cluster = new ClusterLane();
        using var recorded = new RecordedLane(cluster);
        var run = cluster.Start();
        await cluster.Log.Heard("begun 0");
        await cluster.Lose(0);
        cluster.Time.Advance(ClusterLane.Third);
        await cluster.Log.Heard("dropped 0");
        cluster.Go();
        await run;
        await DroppedAsync(recorded, "lease_lost", 1, ["claim", "compute"]);
    }

    [Fact]
    public async Task A_dataset_that_moved_on_is_a_drop_with_its_reason()
    {
        await using var cluster = new ClusterLane { MovedAtLink = 2 };
        using var recorded = new RecordedLane(cluster);
        cluster.Go();
        await cluster.Start();
        await DroppedAsync(recorded, "dataset_moved", 1, ["claim", "compute", "publish"]);
    }

    [Fact]
    public async Task A_device_that_is_lost_is_a_drop_with_its_reason_and_the_next_grant_is_a_retry()
    {
        await using var cluster = new ClusterLane { LostAtPoint = 7 };
        using var recorded = new RecordedLane(cluster);
        cluster.Go();
        await cluster.Start();
        await DroppedAsync(recorded, "device_lost", 1, ["claim", "compute"]);
        var page = await recorded.PageAsync();
        Assert.Equal(1, page.Value("sweeps_chunks_retried_total", ("sweep", recorded.Sweep)));
        Assert.Equal(1, page.Value("sweeps_lease_call_duration_seconds_count", ("call", "fail")));
        // Points 5 and 6 were measured twice, and 8 and 9, perhaps, before the chunk was dropped.
        Assert.InRange(
            page.Value("sweeps_points_finished_total", ("sweep", recorded.Sweep), ("device_kind", "cpu"), ("outcome", "done")), 22, 24);
    }

    [Fact]
    public async Task A_process_that_died_is_a_drop_with_its_reason_and_one_that_staged_tells_of_its_points()
    {
        await using var cluster = new ClusterLane();
        using var recorded = new RecordedLane(cluster);
        cluster.Grain.IsAlone = chunk => chunk == 1;
        using var process = new LaneAloneTests.FakeProcess(cluster) { Dies = (_, time) => time == 1 };
        cluster.Process = process;
        cluster.Go();
        await cluster.Start();
        await DroppedAsync(recorded, "died", 1, ["claim", "compute"]);
        var page = await recorded.PageAsync();
        Assert.Equal(
            20, page.Value("sweeps_points_finished_total", ("sweep", recorded.Sweep), ("device_kind", "cpu"), ("outcome", "done")));
        Assert.Equal(20, page.Value("sweeps_dataset_rows_total", ("sweep", recorded.Sweep), ("table", "points")));
    }

    [Fact]
    public async Task What_a_drain_hands_back_is_a_drop_with_its_reason()
    {
        await using var cluster = new ClusterLane();
        using var recorded = new RecordedLane(cluster);
        var run = cluster.Start();
        await cluster.Log.Heard("begun 0");
        await cluster.Drain.CancelAsync();
        await cluster.Log.Heard("release 1");
        cluster.Go();
        await run;
        await DroppedAsync(recorded, "handed_back", 1, ["claim"]);
        Assert.Equal(1, (await recorded.PageAsync()).Value("sweeps_lease_call_duration_seconds_count", ("call", "release")));
    }

    private static async Task DroppedAsync(RecordedLane recorded, string reason, int chunks, string[] steps)
    {
        var page = await recorded.PageAsync();
        Assert.Equal(chunks, page.Value("sweeps_chunks_dropped_total", ("sweep", recorded.Sweep), ("reason", reason)));
        Assert.Equal(chunks, page.Series("sweeps_chunks_dropped_total").Sum(one => one.Value));
        var dropped = recorded.Lives().Where(life => life.Outcome != "settled").ToArray();
        Assert.Equal(chunks, dropped.Length);
        Assert.All(dropped, life => Assert.Equal(reason, life.Outcome));
        Assert.All(dropped, life => Assert.Equal(steps, life.Steps));
    }
}
