using Sweeps.Silo.Health;

namespace Sweeps.Silo.Loops;

/// <summary>Offers the cluster to do its housekeeping, and tells how the cluster stands as long as it does it.</summary>
internal sealed class HousekeepingLoop(SiloTools tools)
{
    private readonly LoopPulse pulse = tools.Parts.Health.Watch("housekeeping", tools.Parts.Timing.Housekeeping);

    private long? readAt;

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                bool isOurs = await tools.Calls.AskAsync(pulse, tools.Parts.Server.HousekeepAsync, stop).ConfigureAwait(false);
                await TellAsync(isOurs, stop).ConfigureAwait(false);
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

    private async Task TellAsync(bool isOurs, CancellationToken stop)
    {
        var (parts, metrics) = (tools.Parts, tools.Parts.Metrics);
        if (metrics is null) return;
        if (!isOurs)
        {
            metrics.Cluster.Forget();
            readAt = null;
        }
        else if (readAt is not { } before || parts.Time.GetElapsedTime(before) >= SiloTiming.Reading)
        {
            metrics.Cluster.Read(await tools.Calls.AskAsync(pulse, parts.Server.ReadClusterAsync, stop).ConfigureAwait(false));
            readAt = parts.Time.GetTimestamp();
        }
    }
}
