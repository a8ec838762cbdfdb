using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Sweeps.Compute.Devices;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Planning;

namespace Sweeps.Grains.Workers;

/// <summary>
/// Runs a sweep's chunks on one device: claims ahead, so that the next chunk's points start while the last of this one finish, measures, and
/// publishes on a thread of its own. What waits to be published is bounded; a chunk is never held as a whole.
/// </summary>
public sealed class Lane : IDisposable
{
    /// <summary>A device that was lost this often takes no more chunks.</summary>
    private const int MostLosses = 2;

    private const int ChunksAhead = 2;
    // Some 50 MB of what waits to be written.
    private const long MaximumPendingCells = 1 << 22;

    private static readonly TimeSpan PausePoll = TimeSpan.FromSeconds(1);

    private readonly ILaneDevice device;
    private readonly ISweepGrain grain;
    private readonly PointGrid grid;
    private readonly ChunkPlan plan;
    private readonly PointSet kept;
    private readonly PartPublication publication;
    private readonly ILaneWatch watch;
    private readonly TimeProvider time;
    private readonly long cellsPerPoint;
    private readonly object gate = new();
    private readonly List<ChunkRun> waiting = [];
    private readonly Dictionary<int, Lease> held = [];
    private readonly SemaphoreSlim changed = new(0);
    private readonly BlockingCollection<(PointBatch Batch, PointRows? Rows, string? Loss)> finished = [];
    private long pendingCells;
    private bool ended;
    private ExceptionDispatchInfo? failure;

    public Lane(
        ILaneDevice device, ISweepGrain grain, PointGrid grid, ChunkPlan plan, PointSet kept, PartPublication publication, ILaneWatch watch, TimeProvider time)
    {
        (this.device, this.grain, this.grid, this.plan, this.kept) = (device, grain, grid, plan, kept);
        (this.publication, this.watch, this.time) = (publication, watch, time);
        cellsPerPoint = publication.PointsSchema.Columns.Length
            + (long)grid.Spec.Experiment.MaximumCurveRows(grid.Spec.Request) * (publication.CurvesSchema?.Columns.Length ?? 0);
    }

    /// <summary>
    /// Works until the grain has nothing more to give, or cancellation; chunks that are whole by then are published, others handed back.
    /// </summary>
    /// <exception cref="IOException">The disk failed.</exception>
    /// <exception cref="OutOfMemoryException">Memory ran out.</exception>
    /// <exception cref="DeviceException">The device is of no more use; what the lane held is handed back, and others may go on.</exception>
    public async Task RunAsync(string worker, CancellationToken cancellation)
    {
        int threads = device.Threads;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var loop = new ParallelLoop(threads);
        using var waking = stop.Token.Register(() =>
        {
            changed.Release();
            loop.Wake();
        });
        var publishing = Task.Factory.StartNew(() => Publish(stop, loop), TaskCreationOptions.LongRunning);
        var computing = Task.Factory.StartNew(
            () => loop.RunOnAll(() => Compute(loop, stop)), TaskCreationOptions.LongRunning);
        try
        {
            await FeedAsync(worker, threads, loop, stop.Token).ConfigureAwait(false);
        }
        catch (Exception thrown)
        {
            Fail(thrown, stop);
        }
        lock (gate) ended = true;
        loop.Wake();
        await computing.ConfigureAwait(false);
        finished.CompleteAdding();
        await publishing.ConfigureAwait(false);
        if (failure is null or { SourceException: DeviceException })
        {
            foreach (var lease in held.Values)
            {
                watch.ChunkDropped(plan.ChunkAt(lease.Id.Chunk));
                await grain.ReleaseAsync(lease.Id, CancellationToken.None).ConfigureAwait(false);
            }
        }
        failure?.Throw();
    }

    public void Dispose()
    {
        changed.Dispose();
        finished.Dispose();
    }

    // Keeps a few chunks waiting for the threads.
    private async Task FeedAsync(string worker, int threads, ParallelLoop loop, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            int wanted;
            bool idle;
            lock (gate)
            {
                wanted = Math.Min(ChunksAhead - waiting.Count, ChunksAhead + threads - held.Count);
                idle = held.Count == 0;
            }
            if (wanted > 0)
            {
                var answer = await grain.ClaimAsync(worker, wanted, CancellationToken.None).ConfigureAwait(false);
                foreach (var lease in answer.Leases)
                {
                    var run = new ChunkRun(lease, plan.ChunkAt(lease.Id.Chunk), kept);
                    lock (gate)
                    {
                        waiting.Add(run);
                        held[lease.Id.Chunk] = lease; // one that this lane has just failed may come back before it is forgotten
                    }
                }
                loop.Wake();
                if (!answer.Leases.IsEmpty) continue;
                if (answer.Refusal is Refusal.Paused)
                {
                    await WaitForResumeAsync(stop).ConfigureAwait(false);
                    continue;
                }
                // Whoever held a chunk when asking may have given it back since: then there is more to do.
                if (idle) return;
            }
            await changed.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task WaitForResumeAsync(CancellationToken stop)
    {
        try
        {
            await Task.Delay(PausePoll, time, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // the caller looks at the token
        }
    }

    private void Compute(ParallelLoop loop, CancellationTokenSource stop)
    {
        while (true)
        {
            long seen = loop.Version;
            if (loop.TryHelp()) continue;
            if (stop.IsCancellationRequested) return;
            if (TakeBatch(out bool over) is { } batch) Measure(batch, loop, stop);
            else if (over) return;
            else loop.WaitSince(seen);
        }
    }

    private PointBatch? TakeBatch(out bool over)
    {
        lock (gate)
        {
            over = ended;
            if (waiting.Count == 0 || pendingCells >= MaximumPendingCells) return null;
            var run = waiting[0];
            var batch = run.TakeBatch();
            pendingCells += batch.Count * cellsPerPoint;
            if (!run.HasMore)
            {
                waiting.RemoveAt(0);
                changed.Release();
            }
            return batch;
        }
    }

    private void Measure(PointBatch batch, ParallelLoop loop, CancellationTokenSource stop)
    {
        LaneResources? resources = null;
        try
        {
            var spec = grid.Spec;
            var rows = new PointRows(spec, "", publication.PointsSchema, publication.CurvesSchema);
            for (int i = 0; i < batch.Count; i++)
            {
                stop.Token.ThrowIfCancellationRequested();
                long point = batch.Run.PointAt(batch.First + i);
                var keys = grid.KeysAt(point);
                resources = null;
                using var rented = resources = device.ResourcesFor(spec, keys, loop);
                rows.Device = resources.Device;
                PointResult? result = null;
                try
                {
                    result = spec.Experiment.Measure(keys, spec.Request, resources.Resources, stop.Token);
                }
                catch (Exception cause) when (IsThePointsOwn(cause, stop))
                {
                    rows.AddFailed(point, keys, cause.GetType().Name, cause.Message);
                }
                bool done = result is not null && rows.Add(point, keys, result);
                lock (batch.Run)
                    if (!batch.Run.IsAbandoned) watch.PointFinished(batch.Run.Chunk, point, keys, done ? result : null, 1.0 / batch.Run.Count);
            }
            finished.Add((batch, rows, null));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the batch's chunk is handed back
        }
        catch (DeviceException lost) when (lost.Cause is DeviceFailure.Lost && resources is not null)
        {
            finished.Add((batch, null, lost.Message));
            if (resources.Lose() >= MostLosses) Fail(lost, stop);
        }
        catch (Exception fatal)
        {
            Fail(fatal, stop);
        }
    }

    private static bool IsThePointsOwn(Exception cause, CancellationTokenSource stop) =>
        cause is not (OutOfMemoryException or DeviceException) && !(cause is OperationCanceledException && stop.IsCancellationRequested);

    private void Publish(CancellationTokenSource stop, ParallelLoop loop)
    {
        HashSet<ChunkRun> started = [];
        try
        {
            foreach (var (batch, rows, loss) in finished.GetConsumingEnumerable())
            {
                // What a device finished before it left is good; after any other failure nothing more is written.
                if (failure is { SourceException: not DeviceException } && rows is not null) continue;
                try
                {
                    if (rows is null) Abandon(batch, loss!, started, loop);
                    else Drain(batch, rows, started, loop);
                }
                catch (Exception thrown)
                {
                    Fail(thrown, stop);
                }
            }
        }
        finally
        {
            foreach (var run in started) run.Part?.Dispose();
        }
    }

    private void Drain(PointBatch batch, PointRows rows, HashSet<ChunkRun> started, ParallelLoop loop)
    {
        var run = batch.Run;
        if (run.IsAbandoned)
        {
            Settle(batch.Count, loop);
            return;
        }
        foreach (var (next, count) in run.Finish(batch, rows))
        {
            started.Add(run);
            run.Part ??= publication.Begin(run.Chunk.FirstPoint);
            run.Part.Add(next);
            Settle(count, loop);
        }
        if (!run.IsDrained) return;
        run.Part!.Commit();
        int failed = run.Part.FailedCount;
        run.Part.Dispose();
        started.Remove(run);
        // This thread is the lane's own, and the grain's answers do not come through it.
        var refusal = grain.CompleteAsync(run.Lease.Id, run.Count - failed, failed).GetAwaiter().GetResult();
        if (refusal is null) watch.ChunkSettled(run.Chunk);
        lock (gate) held.Remove(run.Lease.Id.Chunk);
        changed.Release();
    }

    /// <summary>The chunk of a batch that a lost device took with it: what is left of it is dropped, and the chunk is given back as failed, once.</summary>
    private void Abandon(PointBatch batch, string cause, HashSet<ChunkRun> started, ParallelLoop loop)
    {
        var run = batch.Run;
        Settle(batch.Count, loop);
        if (run.IsAbandoned) return;
        int early;
        lock (run)
        {
            early = run.Abandon();
            watch.ChunkDropped(run.Chunk);
        }
        Settle(early, loop);
        started.Remove(run);
        run.Part?.Dispose();
        lock (gate) waiting.Remove(run);
        // Held until the grain has it back: a lane that holds nothing and is offered nothing ends.
        grain.FailAsync(run.Lease.Id, cause).GetAwaiter().GetResult();
        lock (gate)
            if (held[run.Lease.Id.Chunk].Id == run.Lease.Id) held.Remove(run.Lease.Id.Chunk);
        changed.Release();
    }

    private void Settle(int points, ParallelLoop loop)
    {
        lock (gate) pendingCells -= points * cellsPerPoint;
        loop.Wake();
    }

    private void Fail(Exception thrown, CancellationTokenSource stop)
    {
        Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(thrown), null);
        stop.Cancel();
    }
}
