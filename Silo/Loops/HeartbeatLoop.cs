using Sweeps.Silo.Health;

namespace Sweeps.Silo.Loops;

/// <summary>Says that the silo is there, and whether it drains.</summary>
internal sealed class HeartbeatLoop(SiloTools tools)
{
    private readonly LoopPulse pulse = tools.Parts.Health.Watch("heartbeat", tools.Parts.Timing.Heartbeat);

    /// <summary>Until the silo is given up, or stop.</summary>
    /// <param name="drain">Is told at once.</param>
    /// <param name="stop">The end.</param>
    /// <returns>Whether the silo was given up.</returns>
    public async Task<bool> RunAsync(CancellationToken drain, CancellationToken stop)
    {
        var (parts, period) = (tools.Parts, tools.Parts.Timing.Heartbeat);
        try
        {
            while (true)
            {
                bool draining = drain.IsCancellationRequested;
                bool known = await tools.Calls.AskAsync(
                    pulse, cancellation => parts.Server.BeatAsync(draining, cancellation), stop, period).ConfigureAwait(false);
                if (!known) return true;
                await WaitAsync(period, draining ? CancellationToken.None : drain, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            pulse.Dispose();
        }
    }

    private async Task WaitAsync(TimeSpan period, CancellationToken wake, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wake, stop);
        try
        {
            await Task.Delay(period, tools.Parts.Time, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // woken
        }
    }
}
