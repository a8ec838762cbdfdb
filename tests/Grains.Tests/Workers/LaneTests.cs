using System.Collections.Immutable;
using Sweeps.Compute.Devices;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Disk;
using Sweeps.Grains.Datasets.Parquet;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Tests.Hosts.Local;
using Sweeps.Grains.Tests.Specs;
using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Tests.Workers;

/// <summary>A lane whose device is lost under it.</summary>
public sealed class LaneTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(3, 3)]
    [InlineData(2, 5)]
    [InlineData(4, 18)]
    public async Task A_device_that_is_lost_once_costs_its_chunks_a_second_run_and_no_row(int threads, int lostAt)
    {
        using var scratch = new SweepScratch();
        using var device = new FakeLaneDevice("gpu", threads) { IsLostAt = number => number == lostAt };
        var reports = new Reports();

        Assert.Equal(new SweepOutcome.Completed(), await scratch.RunOn([device], SweepScratch.Spec(SweepScratch.Small), progress: reports));

        Assert.Equal(await SweepScratch.Undisturbed(SweepScratch.Small), scratch.Digest());
        Assert.Equal((1, 0), (device.Losses, device.InHand));
        Assert.True(device.Begun > 18, $"{device.Begun} points began");
        Assert.DoesNotContain(scratch.Events(), each => each.What == "retired");
        // Points of a chunk that is run again count once.
        Assert.Equal((18L, 0L, 4), (reports.Last.PointsDone, reports.Last.PointsFailed, reports.Last.ChunksSettled));
    }

    [Theory]
    [InlineData(1, 1_000_000)]
    [InlineData(3, 1_000_000)]
    [InlineData(3, 100_000)]
    public async Task What_a_lost_chunk_held_of_the_bound_on_waiting_rows_is_free_again(int threads, int rowsPerPoint)
    {
        // Of a million curve rows each, one point fills the bound: one that is never settled would stop the lane for ever.
        const string text = "name: a\nexperiment: gaussian-mixture\naxes: { drift: { from: 0, to: 199, count: 200 } }\n";
        var experiment = new FakeMixture { Cost = _ => 1, CurveRowsBound = rowsPerPoint };
        using var scratch = new SweepScratch();
        // About every fifth point, so that each of the forty chunks may lose its device; three times is too often for one.
        using var device = new FakeLaneDevice("gpu", threads) { HasPatience = true, IsLostAt = number => number % 11 == 4 };

        var outcome = await scratch.RunOn([device], SweepScratch.Spec(text, experiment));
        Assert.True(device.Losses > 10, $"{device.Losses} losses");
        if (outcome is SweepOutcome.MachineFailed) outcome = await scratch.Run(null, experiment: SweepScratch.Experiment());

        Assert.Equal(new SweepOutcome.Completed(), outcome);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => (long)i), scratch.PlainPoints().Order());
        Assert.Equal(await SweepScratch.Undisturbed(text), scratch.Digest());
        Assert.Equal(0, device.InHand);
    }

    [Fact]
    public async Task Rows_that_waited_for_the_lost_point_are_dropped_and_no_longer_counted()
    {
        const string text = "name: a\nexperiment: gaussian-mixture\naxes: { drift: { from: 0, to: 199, count: 200 } }\n";
        // Three or four points fill the bound, and each of forty chunks loses its first when the next two are measured and wait for it.
        var measured = Enumerable.Range(0, 200).Select(_ => new ManualResetEventSlim()).ToArray();
        var experiment = new FakeMixture
        {
            Cost = _ => 1,
            CurveRowsBound = 200_000,
            InTheMiddle = (keys, _) =>
            {
                int point = (int)keys["drift"].AsReal();
                bool isFirst = !measured[point].IsSet;
                measured[point].Set();
                if (point % 5 > 0 || !isFirst) return;
                Assert.True(measured[point + 1].Wait(Deadline) && measured[point + 2].Wait(Deadline));
                throw new DeviceException(DeviceFailure.Lost, "lost");
            },
        };
        using var scratch = new SweepScratch();
        using var device = new FakeLaneDevice("gpu", 3) { HasPatience = true };

        Assert.Equal(new SweepOutcome.Completed(), await scratch.RunOn([device], SweepScratch.Spec(text, experiment)));

        Assert.InRange(experiment.MeasureCalls, 200 + 3 * 40, 200 + 5 * 40);
        Assert.Equal(await SweepScratch.Undisturbed(text), scratch.Digest());
        Array.ForEach(measured, each => each.Dispose());
    }

    [Fact]
    public async Task A_lane_does_not_end_while_a_chunk_is_on_its_way_back()
    {
        const string one = "name: a\nexperiment: gaussian-mixture\naxes: { drift: [0, 1, 2, 3] }\n";
        using var scratch = new SweepScratch();
        var spec = SweepScratch.Spec(one);
        PointGrid grid = new(spec);
        ChunkPlan plan = new(grid);
        Assert.Equal(1, plan.ChunkCount);
        var ledger = new SweepLedger(new LedgerPolicy(), chunk => plan.ChunkAt(chunk).Count);
        await using var inner = new LocalSweepGrain(ledger, LedgerState.Begin(1, 100), TimeProvider.System);
        var grain = new OvertakingGrain(inner);
        Assert.IsType<LocalSweepOpening.Opened>(scratch.Open(spec)).Sweep.Dispose(); // makes the folder
        var publication = new PartPublication(new DatasetFolder(scratch.Path), spec, new ParquetFormat(threads: 1), LocalDisk.Instance);
        var watch = new ProgressWatch(4, 0, 0, 1, 0, null, TimeProvider.System);
        using var device = new FakeLaneDevice("gpu", 1) { IsLostAt = number => number == 2 };
        var lane = new Lane(device, grain, grid, plan, new PointSet(), publication, watch, TimeProvider.System);

        await Task.Run(() => lane.RunAsync("test", CancellationToken.None, CancellationToken.None)).WaitAsync(Deadline);

        Assert.Equal(LedgerPhase.Completed, (await grain.ProgressAsync(CancellationToken.None)).Phase);
        Assert.Equal(1, device.Losses);
    }

    /// <summary>The answer to a claim that finds nothing comes just as the failed chunk sets out for the grain.</summary>
    private sealed class OvertakingGrain(ISweepGrain inner) : ISweepGrain
    {
        private readonly TaskCompletionSource failing = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TimeSpan? LeaseDuration => inner.LeaseDuration;

        public async Task<ClaimAnswer> ClaimAsync(string worker, int maximum, CancellationToken cancellation)
        {
            var answer = await inner.ClaimAsync(worker, maximum, cancellation);
            if (answer.Leases.IsEmpty) await failing.Task.WaitAsync(Deadline, cancellation);
            return answer;
        }

        public Task<Refusal?> FailAsync(LeaseId lease, string cause, bool workerDied, CancellationToken cancellation)
        {
            failing.TrySetResult();
            return inner.FailAsync(lease, cause, workerDied, cancellation);
        }

        public Task<ImmutableArray<Refusal?>> RenewAsync(ImmutableArray<LeaseId> leases, CancellationToken cancellation) =>
            inner.RenewAsync(leases, cancellation);

        public Task<ImmutableArray<Refusal?>> CompleteAsync(ImmutableArray<Completion> completions, CancellationToken cancellation) =>
            inner.CompleteAsync(completions, cancellation);

        public Task<ImmutableArray<Refusal?>> ReleaseAsync(ImmutableArray<LeaseId> leases, CancellationToken cancellation) =>
            inner.ReleaseAsync(leases, cancellation);

        public Task<Refusal?> PauseAsync(CancellationToken cancellation) => inner.PauseAsync(cancellation);

        public Task<Refusal?> ResumeAsync(long? failureBudget, CancellationToken cancellation) => inner.ResumeAsync(failureBudget, cancellation);

        public Task<Refusal?> CancelAsync(CancellationToken cancellation) => inner.CancelAsync(cancellation);

        public Task<Refusal?> ExtendAsync(int chunkCount, LedgerHoldings holdings, CancellationToken cancellation) =>
            inner.ExtendAsync(chunkCount, holdings, cancellation);

        public Task<LedgerProgress> ProgressAsync(CancellationToken cancellation) => inner.ProgressAsync(cancellation);
    }

    private sealed class Reports : IProgress<SweepProgress>
    {
        public SweepProgress Last { get; private set; } = null!;

        public void Report(SweepProgress value) => Last = value;
    }
}
