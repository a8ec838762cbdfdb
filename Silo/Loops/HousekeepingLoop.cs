using Sweeps.Silo.Health;

namespace Sweeps.Silo.Loops;

/// <summary>Offers the cluster to do its housekeeping.</summary>
internal sealed class HousekeepingLoop(SiloTools tools)
{
    private readonly LoopPulse pulse = tools.Parts.Health.Watch("housekeeping", tools.Parts.Timing.Housekeeping);

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await tools.Calls.AskAsync(pulse, tools.Parts.Server.HousekeepAsync, stop).ConfigureAwait(false);
                await Task.Delay(tools.Parts.Timing.Housekeeping, tools.Parts.Time, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            pulse.Rest();
        }
    }
}
