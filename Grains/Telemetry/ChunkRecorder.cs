using Sweeps.Grains.Telemetry.Recording;
using Sweeps.Grains.Telemetry.Traces;

namespace Sweeps.Grains.Telemetry;

/// <summary>Records the life of a chunk on its way through a lane, on any thread; it ends once.</summary>
internal sealed class ChunkRecorder(SweepWork work, string deviceKind, ChunkTrace? trace, TimeProvider time)
{
    private readonly Lock gate = new();
    private ChunkStep? step;
    private long since;
    private bool ended;

    /// <summary>Its first point is taken up.</summary>
    public void Begun()
    {
        lock (gate)
        {
            if (!ended) Begin(ChunkSpans.Compute);
        }
    }

    /// <summary>All its rows are staged.</summary>
    public void Staged(long done, long failed)
    {
        lock (gate)
        {
            if (ended) return;
            work.ChunkStaged(deviceKind, time.GetElapsedTime(since));
            step?.With(ChunkSpans.DeviceKind, deviceKind).With(ChunkSpans.PointsDone, done).With(ChunkSpans.PointsFailed, failed);
            Begin(ChunkSpans.Publish);
        }
    }

    /// <summary>Its files are in place.</summary>
    public void Placed()
    {
        lock (gate)
        {
            if (ended) return;
            work.ChunkPublished(time.GetElapsedTime(since));
            Begin(ChunkSpans.Complete);
        }
    }

    /// <summary>The grain has heard of it.</summary>
    public void Settled()
    {
        lock (gate)
        {
            if (ended) return;
            ended = true;
            work.ChunkSettled(deviceKind);
            step?.End();
            trace?.Settled();
        }
    }

    public void Dropped(DropReason reason)
    {
        lock (gate)
        {
            if (ended) return;
            ended = true;
            work.ChunkDropped(reason);
            step?.End();
            trace?.Dropped(DropReasons.Word(reason), DropReasons.Error(reason));
        }
    }

    private void Begin(SpanDeclaration next)
    {
        since = time.GetTimestamp();
        step?.End();
        step = trace?.Begin(next);
    }
}
