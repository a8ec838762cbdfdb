using Sweeps.Grains.Telemetry.Recording;
using Sweeps.Silo.Health;
using Sweeps.Silo.Logging;

namespace Sweeps.Silo.Loops;

/// <summary>Offers the cluster to do its housekeeping, and tells how the cluster stands as long as it does it.</summary>
internal sealed class HousekeepingLoop(SiloTools tools)
{
    private readonly LoopPulse pulse = tools.Parts.Health.Watch("housekeeping", tools.Parts.Timing.Housekeeping);

    private readonly Lock gate = new();
    private Task reading = Task.CompletedTask;
    private long? readAt;
    private bool isKeeper;

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                bool isOurs = await tools.Calls.AskAsync(pulse, tools.Parts.Server.HousekeepAsync, stop).ConfigureAwait(false);
                Tell(isOurs, stop);
                await Task.Delay(tools.Parts.Timing.Housekeeping, tools.Parts.Time, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            pulse.Dispose();
            await reading.ConfigureAwait(false);
        }
    }

    // Beside the housekeeping: that must not wait for figures.
    private void Tell(bool isOurs, CancellationToken stop)
    {
        var (parts, metrics) = (tools.Parts, tools.Parts.Metrics);
        if (metrics is null) return;
        lock (gate)
        {
            isKeeper = isOurs;
            if (!isOurs) metrics.Cluster.Forget();
        }
        if (!isOurs) readAt = null;
        else if (reading.IsCompleted && (readAt is not { } before || parts.Time.GetElapsedTime(before) >= SiloTiming.Reading))
        {
            readAt = parts.Time.GetTimestamp();
            reading = ReadAsync(metrics, stop);
        }
    }

    private async Task ReadAsync(SweepsMetrics metrics, CancellationToken stop)
    {
        try
        {
            if (await tools.Calls.AskOnceAsync(tools.Parts.Server.ReadClusterAsync, stop).ConfigureAwait(false) is not { } found) return;
            lock (gate)
                if (isKeeper) metrics.Cluster.Read(found);
            // Of any of them this silo may find leases expired, and give chunks up for it.
            foreach (var sweep in found.Sweeps)
            {
                metrics.Leases.Begin(sweep.Sweep);
                metrics.Chunks.Begin(sweep.Sweep);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // Nobody waits for figures; that they are not what they were is to be told all the same.
        catch (Exception wrong)
#pragma warning restore CA1031
        {
            tools.Parts.Log.Fails(wrong);
        }
    }
}
