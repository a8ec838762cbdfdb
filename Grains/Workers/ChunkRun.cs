using Sweeps.Grains.Datasets;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Planning;

namespace Sweeps.Grains.Workers;

/// <summary>A leased chunk on its way: its points are handed out in order as batches, and the finished batches put in order again.</summary>
internal sealed class ChunkRun
{
    // A chunk costs about five seconds: batches of a five-hundredth are some ten milliseconds, and a heavy point is a batch of its own.
    private const int BatchesPerChunk = 512;

    private readonly long[]? points;
    private readonly int batchSize;
    private readonly Dictionary<int, PointRows> early = [];
    private int handedOut;
    private int drained;

    public ChunkRun(Lease lease, Chunk chunk, PointSet kept)
    {
        (Lease, Chunk) = (lease, chunk);
        if (kept.CountBetween(chunk.FirstPoint, chunk.EndPoint) > 0)
            points = [.. Enumerable.Range(0, chunk.Count).Select(i => chunk.FirstPoint + i).Where(point => !kept.Contains(point))];
        Count = points?.Length ?? chunk.Count;
        batchSize = Math.Max(1, Count / BatchesPerChunk);
    }

    public Lease Lease { get; }

    public Chunk Chunk { get; }

    /// <summary>Points to compute.</summary>
    public int Count { get; }

    public bool HasMore => handedOut < Count;

    /// <summary>Whether every batch has been drained.</summary>
    public bool IsDrained => drained == Count;

    /// <summary>The part being written; made when the first rows come.</summary>
    public PartPublication.Part? Part { get; set; }

    public PointBatch TakeBatch()
    {
        var batch = new PointBatch(this, handedOut, Math.Min(batchSize, Count - handedOut));
        handedOut += batch.Count;
        return batch;
    }

    /// <summary>Grid index of the i-th point to compute.</summary>
    public long PointAt(int index) => points is null ? Chunk.FirstPoint + index : points[index];

    /// <summary>Whether a device took some of its points with it; no more come.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>Gives up what waits for its turn.</summary>
    /// <returns>How many points that are.</returns>
    public int Abandon()
    {
        IsAbandoned = true;
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
}
