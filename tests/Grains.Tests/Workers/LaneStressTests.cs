using System.Collections.Immutable;
using Sweeps.Compute.Random;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Parquet;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Tests.Datasets;
using Sweeps.Grains.Tests.Hosts.Local;
using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Tests.Workers;

/// <summary>Lanes of a cluster whose answers come late and in any order, so that leases are lost all the time.</summary>
public sealed class LaneStressTests
{
    private const string Text = "name: a\nexperiment: gaussian-mixture\naxes: { drift: { from: 0, to: 299, count: 300 } }\n";

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Answers_in_any_order_never_lock_a_lane_up_nor_change_a_row(long seed)
    {
        using var scratch = new SweepScratch();
        var spec = SweepScratch.Spec(Text);
        PointGrid grid = new(spec);
        ChunkPlan plan = new(grid);
        Assert.IsType<LocalSweepOpening.Opened>(scratch.Open(spec)).Sweep.Dispose(); // makes the folder
        var log = new LaneLog();
        var disk = new FaultyDisk { AfterStep = log.Add };
        var publication = new PartPublication(new DatasetFolder(scratch.Path), spec, new ParquetFormat(threads: 1), disk);
        var time = new ManualTime();
        var policy = new LedgerPolicy { LeaseDuration = LeaseDuration, DeathsUntilAlone = int.MaxValue, MaximumDeaths = int.MaxValue };
        await using var host = new LocalSweepGrain(
            new SweepLedger(policy, chunk => plan.ChunkAt(chunk).Count), LedgerState.Begin(plan.ChunkCount, 100), time);
        var grain = new UnrulyGrain(host, time, RandomStream.Of(seed, "answers\n", "test"));
        using var ended = new CancellationTokenSource();
        var clock = Task.Run(() => Tick(time, log, ended.Token));
        RandomStream choices = RandomStream.Of(seed, "choices\n", "test");

        int runs = 0;
        while ((await host.ProgressAsync()).Phase is not LedgerPhase.Completed)
        {
            using CancellationTokenSource drain = new(LeaseDuration * (1 + 9 * choices.Uniform((ulong)(2 * runs))), time);
            using CancellationTokenSource cut = new(LeaseDuration * (1 + 19 * choices.Uniform((ulong)(2 * runs + 1))), time);
            await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(() => new Lane(
                new LaneProcessor(1 + i), grain, grid, plan, new PointSet(), publication, new LoggingWatch(log), time,
                whenPaused: WhenPaused.Return)
                .RunAsync($"lane {i}", drain.Token, cut.Token)))).WaitAsync(Deadline);
            runs++;
            Assert.InRange(runs, 0, 1000);
        }
        await ended.CancelAsync();
        await clock;

        Assert.NotEmpty(log.Of("dropped"));
        Assert.Equal(plan.ChunkCount, log.Of("settled").Distinct().Count());
        Assert.Equal(await SweepScratch.Undisturbed(Text), scratch.Digest());
    }

    // Time passes with the work that is done, however slow the machine, and in longer steps where all wait for answers.
    private static async Task Tick(ManualTime time, LaneLog log, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            Task grown = log.Grown;
            await Task.WhenAny(grown, Task.Delay(TimeSpan.FromMilliseconds(5), CancellationToken.None));
            time.Advance(TimeSpan.FromMilliseconds(grown.IsCompleted ? 5 : 100));
        }
    }

    /// <summary>Hears late, and answers late; one call in eight by about a lease's duration.</summary>
    private sealed class UnrulyGrain(ISweepGrain inner, ManualTime time, RandomStream delays) : ISweepGrain
    {
        private int calls;

        public TimeSpan? LeaseDuration => LaneStressTests.LeaseDuration;

        public Task<ClaimAnswer> ClaimAsync(string worker, int maximum, CancellationToken cancellation) =>
            Late(() => inner.ClaimAsync(worker, maximum, CancellationToken.None), cancellation);

        public Task<ImmutableArray<Refusal?>> RenewAsync(ImmutableArray<LeaseId> leases, CancellationToken cancellation) =>
            Late(() => inner.RenewAsync(leases, CancellationToken.None), cancellation);

        public Task<ImmutableArray<Refusal?>> CompleteAsync(ImmutableArray<Completion> completions, CancellationToken cancellation) =>
            Late(() => inner.CompleteAsync(completions, CancellationToken.None), cancellation);

        public Task<Refusal?> FailAsync(LeaseId lease, string cause, bool workerDied, CancellationToken cancellation) =>
            Late(() => inner.FailAsync(lease, cause, workerDied, CancellationToken.None), cancellation);

        public Task<ImmutableArray<Refusal?>> ReleaseAsync(ImmutableArray<LeaseId> leases, CancellationToken cancellation) =>
            Late(() => inner.ReleaseAsync(leases, CancellationToken.None), cancellation);

        public Task<Refusal?> PauseAsync(CancellationToken cancellation) => inner.PauseAsync(cancellation);

        public Task<Refusal?> ResumeAsync(long? failureBudget, CancellationToken cancellation) =>
            inner.ResumeAsync(failureBudget, cancellation);

        public Task<Refusal?> CancelAsync(CancellationToken cancellation) => inner.CancelAsync(cancellation);

        public Task<Refusal?> ExtendAsync(int chunkCount, LedgerHoldings holdings, CancellationToken cancellation) =>
            inner.ExtendAsync(chunkCount, holdings, cancellation);

        public Task<LedgerProgress> ProgressAsync(CancellationToken cancellation) => inner.ProgressAsync(cancellation);

        private async Task<T> Late<T>(Func<Task<T>> call, CancellationToken cancellation)
        {
            ulong number = (ulong)Interlocked.Increment(ref calls);
            await Task.Delay(Delay(2 * number), time, cancellation);
            var answer = await call();
            await Task.Delay(Delay(2 * number + 1), time, cancellation);
            return answer;
        }

        private TimeSpan Delay(ulong number)
        {
            double chance = delays.Uniform(2 * number), length = delays.Uniform(2 * number + 1);
            return LaneStressTests.LeaseDuration * (chance < 1.0 / 8 ? 2 * length : length / 20);
        }
    }
}
