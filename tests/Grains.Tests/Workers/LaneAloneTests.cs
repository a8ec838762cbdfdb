using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Tests.Specs;
using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Tests.Workers;

/// <summary>Chunks that must run in a process of their own.</summary>
public sealed class LaneAloneTests
{
    [Fact]
    public async Task A_chunk_that_must_run_alone_has_the_lane_to_itself_and_is_renewed_meanwhile()
    {
        await using var cluster = new ClusterLane();
        using var process = new FakeProcess(cluster) { Waits = true };
        var run = await BeginAsync(cluster, process, chunk => chunk == 1, first: 1);

        Assert.Equal(5, cluster.Experiment.MeasureCalls);
        Assert.Equal(["settled 0"], cluster.Log.Of("settled"));
        cluster.Time.Advance(ClusterLane.Third);
        await cluster.Log.Heard("renewed 1");
        Assert.Equal(2, cluster.Grain.Granted.Count);
        process.End();
        await run;

        Assert.Equal(1, cluster.Log.CountOf("settled 1"));
        Assert.DoesNotContain("point 5", cluster.Log.Lines);
        Assert.Equal(LedgerPhase.Completed, (await cluster.ProgressAsync()).Phase);
        Assert.Equal(await ClusterLane.Undisturbed(), cluster.Digest());
    }

    [Fact]
    public async Task A_death_is_told_and_the_lane_goes_on()
    {
        await using var cluster = new ClusterLane();
        cluster.Grain.IsAlone = chunk => chunk is 1 or 2;
        using var process = new FakeProcess(cluster) { Dies = (chunk, time) => chunk == 1 && time == 1 };
        cluster.Process = process;
        cluster.Go();
        await cluster.Start();

        Assert.Equal(1, cluster.Log.CountOf("died 1: signal 9"));
        Assert.Equal((2, 1), (cluster.Log.CountOf("process 1"), cluster.Log.CountOf("process 2")));
        Assert.Equal(["dropped 1"], cluster.Log.Of("dropped"));
        Assert.Equal(LedgerPhase.Completed, (await cluster.ProgressAsync()).Phase);
        Assert.Equal(await ClusterLane.Undisturbed(), cluster.Digest());
    }

    [Fact]
    public async Task A_lost_lease_ends_the_process_and_nothing_is_told_of_it()
    {
        await using var cluster = new ClusterLane();
        using var process = new FakeProcess(cluster) { Waits = true };
        var run = await BeginAsync(cluster, process, chunk => chunk == 1, first: 1);
        await cluster.Lose(1);
        cluster.Time.Advance(ClusterLane.Third);
        await cluster.Log.Heard("process 1", 2); // it has come again
        process.End();
        await run;

        Assert.Equal(1, cluster.Log.CountOf("dropped 1"));
        Assert.Empty(cluster.Log.Of("died"));
        Assert.Equal(await ClusterLane.Undisturbed(), cluster.Digest());
    }

    [Fact]
    public async Task A_drained_lane_finishes_the_process_that_runs_and_hands_back_the_others()
    {
        await using var cluster = new ClusterLane();
        using var process = new FakeProcess(cluster) { Waits = true };
        var run = await BeginAsync(cluster, process, _ => true, first: 0);
        await cluster.Drain.CancelAsync();
        await cluster.Log.Heard("release 1");
        process.End();
        await run;
        Assert.Equal([0L, 1, 2, 3, 4], cluster.Placed);
        Assert.Equal((1, 0), await cluster.ProgressAsync() is var progress ? (progress.Settled, progress.Leased) : default);
    }

    [Fact]
    public async Task A_cancelled_lane_ends_the_process_and_hands_its_chunk_back()
    {
        await using var cluster = new ClusterLane();
        using var process = new FakeProcess(cluster) { Waits = true };
        var run = await BeginAsync(cluster, process, _ => true, first: 0);
        await cluster.Cancellation.CancelAsync();
        await run;
        Assert.Empty(cluster.Placed);
        Assert.Equal(1, cluster.Log.CountOf("release 0,1"));
    }

    [Fact]
    public async Task Without_a_way_to_start_processes_it_is_a_chunk_as_any_other()
    {
        await using var cluster = new ClusterLane();
        cluster.Grain.IsAlone = _ => true;
        cluster.Go();
        await cluster.Start();
        Assert.Equal(20, cluster.Experiment.MeasureCalls);
        Assert.Equal(await ClusterLane.Undisturbed(), cluster.Digest());
    }

    /// <returns>The lane's run, once the first process of its own has begun.</returns>
    private static async Task<Task> BeginAsync(ClusterLane cluster, FakeProcess process, Func<int, bool> isAlone, int first)
    {
        cluster.Grain.IsAlone = isAlone;
        cluster.Process = process;
        cluster.Go();
        var run = cluster.Start();
        await cluster.Log.Heard($"process {first}");
        return run;
    }

    /// <summary>Measures in this process what another would, with an experiment of its own, and stages it as that would.</summary>
    internal sealed class FakeProcess(ClusterLane cluster) : IChunkProcess, IDisposable
    {
        private readonly FakeMixture experiment = new() { Cost = _ => 1 };
        private readonly TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Dictionary<int, int> times = [];

        public bool Waits { get; init; }

        public Func<int, int, bool> Dies { get; init; } = (_, _) => false;

        public async Task<ChunkProcessResult> RunAsync(Lease lease, Chunk chunk, CancellationToken cancellation)
        {
            Assert.True(lease.Alone);
            times[chunk.Number] = times.GetValueOrDefault(chunk.Number) + 1;
            cluster.Log.Add($"process {chunk.Number}");
            if (Waits) await end.Task.WaitAsync(cancellation);
            if (Dies(chunk.Number, times[chunk.Number])) return new ChunkProcessResult.Died("signal 9");
            var spec = Hosts.Local.SweepScratch.Spec(ClusterLane.Text, experiment);
            var grid = new PointGrid(spec);
            using var part = cluster.Publication.Begin(chunk.FirstPoint, lease.Id.Epoch);
            var rows = new PointRows(spec, LaneProcessor.Device, cluster.Publication.PointsSchema, cluster.Publication.CurvesSchema);
            for (long point = chunk.FirstPoint; point < chunk.EndPoint; point++)
            {
                var keys = grid.KeysAt(point);
                rows.Add(point, keys, experiment.Measure(keys, spec.Request, new(SequentialLoop.Instance), cancellation));
            }
            part.Add(rows);
            part.Stage();
            part.LeaveStaged();
            return new ChunkProcessResult.Staged(chunk.Count, 0);
        }

        public void End() => end.SetResult();

        public void Dispose() => end.TrySetCanceled();
    }
}
