using System.Diagnostics.CodeAnalysis;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Telemetry;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Grains.Workers;

/// <summary>
/// A leased chunk on its way: its points are handed out in order as batches, and the finished batches put in order again. It ends once:
/// published, or dropped.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A token source without timer, link or wait handle holds nothing to dispose of.")]
internal sealed class ChunkRun
{
    // A chunk costs about five seconds: batches of a five-hundredth are some ten milliseconds, and a heavy point is a batch of its own.
    private const int BatchesPerChunk = 512;

    private readonly object gate = new();
    private readonly CancellationTokenSource dropped = new();
    private readonly long[]? points;
    private readonly int batchSize;
    private readonly Dictionary<int, PointRows> early = [];
    private int handedOut;
    private int drained;
    private long confirmedAt;
    private Stage stage;

    /// <param name="lease">By which it is held.</param>
    /// <param name="chunk">Its points.</param>
    /// <param name="kept">Those of them that need no computing.</param>
    /// <param name="confirmedAt">Timestamp of the moment when the lease was asked for.</param>
    public ChunkRun(Lease lease, Chunk chunk, PointSet kept, long confirmedAt)
    {
        (Lease, Chunk, GrantedAt, this.confirmedAt) = (lease, chunk, confirmedAt, confirmedAt);
        if (kept.CountBetween(chunk.FirstPoint, chunk.EndPoint) > 0)
            points = [.. Enumerable.Range(0, chunk.Count).Select(i => chunk.FirstPoint + i).Where(point => !kept.Contains(point))];
        Count = points?.Length ?? chunk.Count;
        batchSize = Math.Max(1, Count / BatchesPerChunk);
    }

    private enum Stage
    {
        Open,
        Publishing,
        Dropped,
    }

    public Lease Lease { get; }

    public Chunk Chunk { get; }

    /// <summary>Points to compute.</summary>
    public int Count { get; }

    public bool IsStarted => handedOut > 0;

    public bool HasMore => handedOut < Count;

    /// <summary>Whether every batch has been drained.</summary>
    public bool IsDrained => drained == Count;

    /// <summary>Timestamp of the moment when the lease was asked for.</summary>
    public long GrantedAt { get; }

    /// <summary>Hears of its life; null where nobody wants to know.</summary>
    public ChunkRecorder? Recorder { get; init; }

    /// <summary>The part being written; made when the first rows come.</summary>
    public PartPublication.Part? Part { get; set; }

    /// <summary>Cancelled where nothing more of it is to be computed.</summary>
    public CancellationToken Cancellation => dropped.Token;

    /// <summary>Nothing of it will be published here.</summary>
    public bool IsDropped
    {
        get
        {
            lock (gate) return stage is Stage.Dropped;
        }
    }

    /// <summary>Timestamp of the latest request that the lease be granted or renewed, of those that were.</summary>
    public long ConfirmedAt
    {
        get
        {
            lock (gate) return confirmedAt;
        }
    }

    public PointBatch TakeBatch()
    {
        if (!IsStarted) Recorder?.Begun();
        var batch = new PointBatch(this, handedOut, Math.Min(batchSize, Count - handedOut));
        handedOut += batch.Count;
        return batch;
    }

    /// <summary>Grid index of the i-th point to compute.</summary>
    public long PointAt(int index) => points is null ? Chunk.FirstPoint + index : points[index];

    /// <summary>Tells of a point, unless the chunk was dropped in the meantime.</summary>
    public void Tell(ILaneWatch watch, long point, PointKeys keys, PointResult? result)
    {
        lock (gate)
            if (stage is not Stage.Dropped) watch.PointFinished(Chunk, point, keys, result, 1.0 / Count);
    }

    public void Confirm(long requestedAt)
    {
        lock (gate) confirmedAt = Math.Max(confirmedAt, requestedAt);
    }

    /// <returns>False if it was dropped: it must not be published.</returns>
    public bool TryPublish()
    {
        lock (gate)
        {
            if (stage is Stage.Open) stage = Stage.Publishing;
            return stage is Stage.Publishing;
        }
    }

    /// <summary>Drops it, unless it is being published already.</summary>
    /// <param name="watch">Hears of it.</param>
    /// <param name="reason">Why.</param>
    /// <returns>Whether this call did it.</returns>
    public bool TryDrop(ILaneWatch watch, DropReason reason) => DropFrom(Stage.Open, watch, reason);

    /// <summary>Drops it, also where its files may be in place already: whoever runs it again finds them.</summary>
    /// <param name="watch">Hears of it.</param>
    /// <param name="reason">Why.</param>
    /// <returns>Whether this call did it.</returns>
    public bool Drop(ILaneWatch watch, DropReason reason) => DropFrom(Stage.Publishing, watch, reason);

    /// <summary>Computes no more of it.</summary>
    public void Cancel() => dropped.Cancel();

    /// <summary>Gives up what waits for its turn.</summary>
    /// <returns>How many points that are.</returns>
    public int ForgetEarly()
    {
        int count = early.Keys.Sum(first => Math.Min(batchSize, Count - first));
        early.Clear();
        return count;
    }

    /// <summary>Takes a finished batch, and gives back those whose turn it is.</summary>
    public IEnumerable<(PointRows Rows, int Count)> Finish(PointBatch batch, PointRows rows)
    {
        early.Add(batch.First, rows);
        while (early.Remove(drained, out var next))
        {
            int count = Math.Min(batchSize, Count - drained);
            drained += count;
            yield return (next, count);
        }
    }

    private bool DropFrom(Stage latest, ILaneWatch watch, DropReason reason)
    {
        lock (gate)
        {
            if (stage > latest) return false;
            stage = Stage.Dropped;
            watch.ChunkDropped(Chunk);
            Recorder?.Dropped(reason);
        }
        Cancel();
        return true;
    }
}
