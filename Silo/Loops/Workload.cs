namespace Sweeps.Silo.Loops;

/// <summary>Whether a silo has anything to do.</summary>
/// <param name="time">Measures idleness.</param>
/// <param name="memory">Hears of it.</param>
internal sealed class Workload(TimeProvider time, IdleMemory memory)
{
    private readonly Lock gate = new();
    private int busy;
    private long idleSince = time.GetTimestamp();

    /// <summary>Since when nothing is in hand; zero while something is.</summary>
    public TimeSpan IdleFor
    {
        get
        {
            lock (gate) return busy > 0 ? TimeSpan.Zero : time.GetElapsedTime(idleSince);
        }
    }

    /// <summary>Something is in hand until this is disposed of.</summary>
    public IDisposable Begin()
    {
        lock (gate)
            if (busy++ == 0) memory.WorkBegins();
        return new Work(this);
    }

    private void End()
    {
        lock (gate)
        {
            if (--busy > 0) return;
            idleSince = time.GetTimestamp();
            memory.WorkEnds();
        }
    }

    private sealed class Work(Workload owner) : IDisposable
    {
        public void Dispose() => owner.End();
    }
}
