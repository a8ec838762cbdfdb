namespace Sweeps.Grains.Workers;

/// <summary>Chunks that wait for a lane's threads, and the bound on what has been measured and waits to be written.</summary>
/// <param name="loop">The threads.</param>
/// <param name="changed">Signalled where a chunk has been handed out to its end.</param>
/// <param name="cellsPerPoint">At most.</param>
internal sealed class LaneQueue(ParallelLoop loop, SemaphoreSlim changed, long cellsPerPoint)
{
    // Some 50 MB of what waits to be written.
    private const long MaximumPendingCells = 1 << 22;

    private readonly object gate = new();
    private readonly List<ChunkRun> waiting = [];
    private long pendingCells;
    private bool ended;

    public int Count
    {
        get
        {
            lock (gate) return waiting.Count;
        }
    }

    public void Add(ChunkRun run)
    {
        lock (gate) waiting.Add(run);
        loop.Wake();
    }

    public void Remove(ChunkRun run)
    {
        lock (gate) waiting.Remove(run);
        loop.Wake();
    }

    /// <summary>Takes out the chunks of which no point has been started.</summary>
    public List<ChunkRun> TakeUnstarted()
    {
        lock (gate)
        {
            var unstarted = waiting.FindAll(run => !run.IsStarted);
            waiting.RemoveAll(run => !run.IsStarted);
            return unstarted;
        }
    }

    /// <summary>No chunk will be added.</summary>
    public void End()
    {
        lock (gate) ended = true;
        loop.Wake();
    }

    /// <param name="over">Whether there will never be another batch.</param>
    public PointBatch? TakeBatch(out bool over)
    {
        lock (gate)
        {
            over = ended && waiting.Count == 0;
            if (waiting.Count == 0 || pendingCells >= MaximumPendingCells) return null;
            var run = waiting[0];
            var batch = run.TakeBatch();
            pendingCells += batch.Count * cellsPerPoint;
            if (run.HasMore) return batch;
            waiting.RemoveAt(0);
            changed.Release();
            if (ended) loop.Wake(); // who waits may find that it is over
            return batch;
        }
    }

    /// <summary>Points that were taken are written, or given up.</summary>
    public void Settle(int points)
    {
        lock (gate) pendingCells -= points * cellsPerPoint;
        loop.Wake();
    }
}
