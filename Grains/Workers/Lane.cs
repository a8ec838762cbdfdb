using System.Threading.Channels;
using Sweeps.Compute.Devices;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Telemetry;

namespace Sweeps.Grains.Workers;

/// <summary>
/// Runs a sweep's chunks on one device: claims ahead, so that the next chunk's points start while the last of this one finish, measures,
/// stages on a thread of its own, and places what is whole where the lease is certain. What waits to be written is bounded; a chunk is
/// never held as a whole.
/// </summary>
/// <remarks>
/// <see cref="LaneFeed"/> claims → <see cref="LaneQueue"/> → <see cref="LaneMeasuring"/> → <see cref="LaneStaging"/> →
/// <see cref="LaneSettling"/> places and completes; <see cref="LaneLeases"/> renews meanwhile, and drops what is lost. A grain that does
/// not answer stops claims and placing, and nothing else.
/// </remarks>
/// <param name="device">Measures.</param>
/// <param name="grain">The sweep.</param>
/// <param name="grid">Its points.</param>
/// <param name="plan">Its chunks.</param>
/// <param name="kept">Points that need no computing.</param>
/// <param name="publication">Its dataset.</param>
/// <param name="watch">Hears how far it is.</param>
/// <param name="time">For deadlines and renewals.</param>
/// <param name="process">Runs chunks that must run alone; null: they run here as the others do.</param>
/// <param name="whenPaused">What to do without a chunk while the sweep is paused.</param>
/// <param name="recorder">Records what the lane does; null where nobody wants to know.</param>
public sealed class Lane(
    ILaneDevice device, ISweepGrain grain, PointGrid grid, ChunkPlan plan, PointSet kept, PartPublication publication, ILaneWatch watch,
    TimeProvider time, IChunkProcess? process = null, WhenPaused whenPaused = WhenPaused.Wait, LaneRecorder? recorder = null)
{
    /// <summary>How long a lane that was cancelled waits for the grain's answers before it leaves the rest to expire.</summary>
    public static readonly TimeSpan CallsPatience = TimeSpan.FromSeconds(5);

    private readonly ISweepGrain grain = recorder?.Timed(grain) ?? grain;

    private readonly long cellsPerPoint = publication.PointsSchema.Columns.Length
        + (long)grid.Spec.Experiment.MaximumCurveRows(grid.Spec.Request) * (publication.CurvesSchema?.Columns.Length ?? 0);

    /// <summary>Works until the grain has nothing more to give, or is told to end.</summary>
    /// <param name="worker">Name of the lane.</param>
    /// <param name="drain">
    /// Claims no more: chunks that have not been started are handed back at once, the others finished and published.
    /// </param>
    /// <param name="cancellation">
    /// Computes no more: chunks that are whole by then are published, the others handed back, as far as the grain answers within
    /// <see cref="CallsPatience"/>.
    /// </param>
    /// <exception cref="IOException">The disk failed.</exception>
    /// <exception cref="OutOfMemoryException">Memory ran out.</exception>
    /// <exception cref="DeviceException">The device is of no more use; what the lane held is handed back, and others may go on.</exception>
    /// <exception cref="ServerException">The grain says that its server will not come back.</exception>
    public async Task RunAsync(string worker, CancellationToken drain, CancellationToken cancellation)
    {
        using var failure = new LaneFailure(cancellation);
        using var calls = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var renewals = CancellationTokenSource.CreateLinkedTokenSource(calls.Token);
        using var changed = new SemaphoreSlim(0);
        using var loop = new ParallelLoop(device.Threads);
        var news = Channel.CreateUnbounded<LaneNews>(new UnboundedChannelOptions { SingleReader = true });
        var queue = new LaneQueue(loop, changed, cellsPerPoint);
        using var leases = new LaneLeases(grain, watch, time, Dropped, changed);
        using var watched = recorder?.Watch(() => leases.Reading);
        var settling = new LaneSettling(grain, watch, leases, failure);
        var staging = new LaneStaging(publication, watch, leases, queue, settling, failure);
        var measuring = new LaneMeasuring(device, grid, publication, watch, loop, queue, news.Writer, failure, recorder);
        var alone = process is null ? null : new LaneAlone(process, publication, watch, leases, settling, failure, changed, recorder);
        var feed = new LaneFeed(grain, plan, kept, leases, queue, alone, changed, whenPaused, time, recorder);
        using var stopping = failure.Stop.Register(Stopped);

        var keeping = Guarded(() => leases.KeepAsync(renewals.Token), renewals.Token);
        var settled = Task.Run(() => settling.RunAsync(calls.Token), CancellationToken.None);
        var staged = Task.Factory.StartNew(() => staging.Run(news.Reader), TaskCreationOptions.LongRunning);
        var computed = Task.Factory.StartNew(() => loop.RunOnAll(measuring.Run), TaskCreationOptions.LongRunning);
        var fed = Guarded(() => feed.RunAsync(worker, device.Threads, drain, failure.Stop, calls.Token), calls.Token);

        await computed.ConfigureAwait(false);
        news.Writer.Complete();
        await staged.ConfigureAwait(false);
        // From here on only the grain can be waited for: without end where the lane is to finish, and for a while where it is to stop.
        using (failure.Stop.Register(() => calls.CancelAfter(CallsPatience)))
        {
            await fed.ConfigureAwait(false);
            if (alone is not null) await alone.EndedAsync().ConfigureAwait(false);
            settling.End();
            await settled.ConfigureAwait(false);
            await renewals.CancelAsync().ConfigureAwait(false);
            await keeping.ConfigureAwait(false);
            // A disk that failed here has failed for the whole process, which has no use for the chunks; other machines have.
            if (!failure.IsFatal || leases.Expire)
                await Guarded(() => leases.HandBackAsync(leases.All, calls.Token), calls.Token).ConfigureAwait(false);
        }
        failure.Throw();

        void Dropped(ChunkRun run)
        {
            queue.Remove(run);
            news.Writer.TryWrite(new LaneNews.Dropped(run));
        }

        void Stopped()
        {
            foreach (var run in leases.All) run.Cancel();
            changed.Release();
            loop.Wake();
        }

        async Task Guarded(Func<Task> work, CancellationToken cut)
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cut.IsCancellationRequested)
            {
                // as asked
            }
            catch (Exception thrown)
            {
                failure.Fail(thrown);
            }
        }
    }
}
