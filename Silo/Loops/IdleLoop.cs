namespace Sweeps.Silo.Loops;

/// <summary>Ends a silo that has had nothing to do for long enough.</summary>
internal sealed class IdleLoop(Workload workload, TimeSpan? idleExit, TimeProvider time, Action drain)
{
    // A remainder that rounds to nothing must not become a wait of nothing.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.1);

    public async Task RunAsync(CancellationToken stop)
    {
        if (idleExit is not { } limit) return;
        try
        {
            while (limit - workload.IdleFor is var left && left > TimeSpan.Zero)
                await Task.Delay(left > Shortest ? left : Shortest, time, stop).ConfigureAwait(false);
            drain();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
    }
}
