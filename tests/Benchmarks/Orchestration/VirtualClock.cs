namespace Sweeps.Benchmarks.Orchestration;

/// <summary>
/// Acts that are due at moments of virtual time, begun in their order as fast as they are done, so many at a time: the clock jumps to the next.
/// What comes of an answer is due when the clock has come so far, so an answer takes virtual time where others act meanwhile.
/// </summary>
internal sealed class VirtualClock(int inFlight) : IDisposable
{
    private readonly object gate = new();
    private readonly PriorityQueue<Func<Task>, (double Due, long Order)> due = new();
    private readonly SemaphoreSlim free = new(inFlight), changed = new(0);
    private long scheduled;
    private int running;
    private Exception? failure;

    /// <summary>Virtual seconds.</summary>
    public double Now { get; private set; }

    public void At(double moment, Func<Task> act)
    {
        lock (gate) due.Enqueue(act, (moment, scheduled++));
        changed.Release();
    }

    /// <summary>Until this moment, or until it is enough; what was begun is finished. It can go on afterwards.</summary>
    public async Task RunAsync(double until, Func<bool> isEnough)
    {
        while (failure is null && !isEnough())
        {
            await free.WaitAsync().ConfigureAwait(false);
            if (await NextAsync(until).ConfigureAwait(false) is not { } act)
            {
                free.Release();
                break;
            }
            _ = Task.Run(() => DoAsync(act));
        }
        for (int i = 0; i < inFlight; i++) await free.WaitAsync().ConfigureAwait(false);
        free.Release(inFlight);
        if (failure is not null) throw failure;
    }

    public void Dispose()
    {
        free.Dispose();
        changed.Dispose();
    }

    private async Task<Func<Task>?> NextAsync(double until)
    {
        while (true)
        {
            lock (gate)
            {
                if (due.TryPeek(out var act, out var when))
                {
                    if (when.Due > until) return null;
                    due.Dequeue();
                    Now = Math.Max(Now, when.Due);
                    running++;
                    return act;
                }
                if (running == 0) return null;
            }
            await changed.WaitAsync().ConfigureAwait(false);
        }
    }

    private async Task DoAsync(Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The run ends with it.
        catch (Exception wrong)
#pragma warning restore CA1031
        {
            failure = wrong;
        }
        lock (gate) running--;
        free.Release();
        changed.Release();
    }
}
