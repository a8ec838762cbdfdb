using System.Threading.Channels;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Grains.Workers;

/// <summary>A thread that writes finished points into staging in their order, and hands on what is whole. It waits for no grain.</summary>
internal sealed class LaneStaging(
    PartPublication publication, ILaneWatch watch, LaneLeases leases, LaneQueue queue, LaneSettling settling, LaneFailure failure)
{
    // Chunks whose part is open here.
    private readonly HashSet<ChunkRun> begun = [];

    /// <summary>Works until the news end; never throws.</summary>
    public void Run(ChannelReader<LaneNews> news)
    {
        try
        {
            foreach (var item in news.ReadAllAsync().ToBlockingEnumerable())
            {
                if (failure.IsFatal && item is LaneNews.Measured) continue;
                try
                {
                    Take(item);
                }
                catch (Exception thrown)
                {
                    failure.Fail(thrown);
                }
            }
        }
        finally
        {
            foreach (var run in begun) run.Part?.Dispose();
        }
    }

    private void Take(LaneNews item)
    {
        switch (item)
        {
            case LaneNews.Measured(var batch, var rows):
                Write(batch, rows);
                break;
            case LaneNews.Lost(var batch, var cause):
                queue.Settle(batch.Count);
                if (!batch.Run.TryDrop(watch, DropReason.DeviceLost)) break;
                queue.Remove(batch.Run);
                Discard(batch.Run);
                settling.GiveUp(batch.Run, cause, workerDied: false);
                break;
            case LaneNews.Dropped(var run):
                Discard(run);
                break;
        }
    }

    private void Write(PointBatch batch, PointRows rows)
    {
        var run = batch.Run;
        if (run.IsDropped)
        {
            queue.Settle(batch.Count);
            return;
        }
        foreach (var (next, count) in run.Finish(batch, rows))
        {
            begun.Add(run);
            run.Part ??= publication.Begin(run.Chunk.FirstPoint, leases.Expire ? run.Lease.Id.Epoch : null);
            run.Part.Add(next);
            queue.Settle(count);
        }
        if (!run.IsDrained) return;
        run.Part!.Stage();
        begun.Remove(run);
        run.Recorder?.Staged(run.Count - run.Part.FailedCount, run.Part.FailedCount);
        settling.Settle(run, run.Count - run.Part.FailedCount, run.Part.FailedCount);
    }

    // What was handed on already is the settling's.
    private void Discard(ChunkRun run)
    {
        queue.Settle(run.ForgetEarly());
        if (begun.Remove(run)) run.Part?.Dispose();
    }
}
