namespace Sweeps.Silo.Loops;

/// <summary>
/// Has memory given back when a silo has had nothing to do for a moment. What chunks and jobs leave behind has grown old by then, and the
/// runtime looks for old objects only when many have come together: on a silo with little to do, hours later.
/// </summary>
internal sealed class IdleMemory : IDisposable
{
    /// <summary>Work that comes again and again is not kept waiting.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(8);

    private readonly Action giveBack;
    private readonly ITimer timer;

    public IdleMemory(TimeProvider time, Action giveBack)
    {
        this.giveBack = giveBack;
        timer = time.CreateTimer(
            static memory => ((IdleMemory)memory!).giveBack(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void WorkBegins() => timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void WorkEnds() => timer.Change(Pause, Timeout.InfiniteTimeSpan);

    public void Dispose() => timer.Dispose();
}
