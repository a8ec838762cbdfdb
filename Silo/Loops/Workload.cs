namespace Sweeps.Silo.Loops;

/// <summary>Whether a silo has anything to do.</summary>
internal sealed class Workload(TimeProvider time)
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
        lock (gate) busy++;
        return new Work(this);
    }

    private void End()
    {
        lock (gate)
            if (--busy == 0) idleSince = time.GetTimestamp();
    }

    private sealed class Work(Workload owner) : IDisposable
    {
        public void Dispose() => owner.End();
    }
}
