using System.Threading.Channels;
using Sweeps.Compute.Devices;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Telemetry;

namespace Sweeps.Grains.Workers;

/// <summary>What each thread of a lane does: takes points, measures them, and hands the rows on.</summary>
internal sealed class LaneMeasuring(
    ILaneDevice device, PointGrid grid, PartPublication publication, ILaneWatch watch, ParallelLoop loop, LaneQueue queue,
    ChannelWriter<LaneNews> news, LaneFailure failure, LaneRecorder? recorder)
{
    /// <summary>A device that was lost this often takes no more chunks.</summary>
    private const int MostLosses = 2;

    // A thread that waits for hours is to be seen waiting while it does.
    private static readonly TimeSpan WaitingIsTold = TimeSpan.FromSeconds(1);

    /// <summary>Works until there is nothing left, or the lane stops; never throws.</summary>
    public void Run()
    {
        var thread = recorder?.BeginThread();
        Run(thread);
        thread?.Tell();
    }

    private void Run(LaneThread? thread)
    {
        while (true)
        {
            long seen = loop.Version, begunAt = thread?.Now ?? 0;
            if (loop.TryHelp())
            {
                thread?.Computed(begunAt);
                thread?.Tell();
                continue;
            }
            if (failure.Stop.IsCancellationRequested) return;
            if (queue.TakeBatch(out bool over) is { } batch) Measure(batch, thread);
            else if (over) return;
            else loop.WaitSince(seen, WaitingIsTold);
            thread?.Tell();
        }
    }

    private void Measure(PointBatch batch, LaneThread? thread)
    {
        LaneResources? resources = null;
        var run = batch.Run;
        var finished = new FinishedPoints(recorder);
        try
        {
            var spec = grid.Spec;
            var rows = new PointRows(spec, "", publication.PointsSchema, publication.CurvesSchema);
            for (int i = 0; i < batch.Count; i++)
            {
                failure.Stop.ThrowIfCancellationRequested();
                run.Cancellation.ThrowIfCancellationRequested();
                long point = run.PointAt(batch.First + i);
                var keys = grid.KeysAt(point);
                resources = null;
                using var rented = resources = device.ResourcesFor(spec, keys, loop);
                rows.Device = resources.Device;
                PointResult? result = null;
                long begunAt = thread?.Now ?? 0;
                try
                {
                    result = spec.Experiment.Measure(keys, spec.Request, resources.Resources, run.Cancellation);
                }
                catch (Exception cause) when (IsThePointsOwn(cause, run))
                {
                    rows.AddFailed(point, keys, cause.GetType().Name, cause.Message);
                }
                finally
                {
                    thread?.Computed(begunAt);
                }
                bool done = result is not null && rows.Add(point, keys, result);
                finished.Add(resources.Device, done ? result : null);
                run.Tell(watch, point, keys, done ? result : null);
            }
            news.TryWrite(new LaneNews.Measured(batch, rows));
        }
        catch (OperationCanceledException) when (IsOver(run))
        {
            queue.Settle(batch.Count); // the chunk is handed back, or lost already
        }
        catch (DeviceException lost) when (lost.Cause is DeviceFailure.Lost && resources is not null)
        {
            news.TryWrite(new LaneNews.Lost(batch, lost.Message));
            if (resources.Lose() >= MostLosses) failure.Fail(lost);
        }
        catch (Exception fatal)
        {
            failure.Fail(fatal);
        }
        finally
        {
            finished.Tell();
        }
    }

    private bool IsThePointsOwn(Exception cause, ChunkRun run) =>
        cause is not (OutOfMemoryException or DeviceException) && !(cause is OperationCanceledException && IsOver(run));

    private bool IsOver(ChunkRun run) => run.Cancellation.IsCancellationRequested || failure.Stop.IsCancellationRequested;

    /// <summary>Points of a batch, told together where they were measured on one kind of device.</summary>
    private struct FinishedPoints(LaneRecorder? recorder)
    {
        private string? device;
        private long done;
        private long failed;

        public void Add(string pointsDevice, PointResult? result)
        {
            if (recorder is null) return;
            if (device != pointsDevice) Tell();
            device = pointsDevice;
            if (result is null)
            {
                failed++;
                return;
            }
            done++;
            recorder.Measured(result.Estimates);
        }

        public void Tell()
        {
            if (done + failed > 0) recorder!.PointsFinished(device, done, failed);
            (done, failed) = (0, 0);
        }
    }
}
