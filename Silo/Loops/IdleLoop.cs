namespace Sweeps.Silo.Loops;

/// <summary>Ends a silo that has had nothing to do for long enough.</summary>
internal sealed class IdleLoop(SiloTools tools, Action drain)
{
    // A silo that has just become busy again is not asked sooner than this.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.1);

    public async Task RunAsync(CancellationToken stop)
    {
        if (tools.Parts.Timing.IdleExit is not { } limit) return;
        try
        {
            while (limit - tools.Workload.IdleFor is var left && left > TimeSpan.Zero)
                await Task.Delay(left > Shortest ? left : Shortest, tools.Parts.Time, stop).ConfigureAwait(false);
            drain();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
    }
}
