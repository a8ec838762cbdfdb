using System.Collections.Immutable;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Workers;
using Sweeps.Silo.Health;
using Sweeps.Silo.Logging;
using Sweeps.Silo.Shell;

namespace Sweeps.Silo.Loops;

/// <summary>A silo from its first registration to its leave; given up in between, it registers again under another name.</summary>
internal sealed class SiloLife(SiloParts parts)
{
    /// <summary>What taking leave may take; who is not heard expires.</summary>
    private static readonly TimeSpan LongestLeave = TimeSpan.FromSeconds(5);

    /// <param name="drain">Told to end.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(CancellationToken drain)
    {
        using var draining = CancellationTokenSource.CreateLinkedTokenSource(drain);
        using var ended = new CancellationTokenSource();
        using var told = draining.Token.Register(() => Drains(drain.IsCancellationRequested ? "told to end" : "idle"));
        var devices = parts.Devices;
        using var memory = new IdleMemory(parts.Time, parts.GiveBackMemory);
        var workload = new Workload(parts.Time, memory);
        var idling = new IdleLoop(workload, parts.Timing.IdleExit, parts.Time, draining.Cancel).RunAsync(ended.Token);
        try
        {
            for (bool isFirst = true; ; isFirst = false)
            {
                // Each registration starts afresh: nothing that was known under the old name holds under the new one.
                var tools = new SiloTools(parts, workload);
                if (!await RegisterAsync(tools, devices, draining.Token).ConfigureAwait(false))
                    return isFirst ? ExitCode.Interrupted : ExitCode.Done;
                LaneLoop[] lanes = [.. devices.Select((device, lane) => new LaneLoop(lane, device, tools))];
                var end = await new Registration(tools, lanes).RunAsync(draining.Token).ConfigureAwait(false);
                switch (end)
                {
                    case RegistrationEnd.Lost:
                        devices = [.. lanes.Where(lane => !lane.IsRetired).Select(lane => lane.Device)];
                        if (devices.IsEmpty) return NoDevices();
                        parts.Health.Stage = SiloStage.Lost;
                        continue;
                    case RegistrationEnd.LostInDrain:
                        return ExitCode.Done;
                    case RegistrationEnd.Hangs:
                        return ExitCode.MachineFailed;
                    default:
                        await LeaveAsync().ConfigureAwait(false);
                        return end is RegistrationEnd.Drained ? ExitCode.Done : NoDevices();
                }
            }
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await idling.ConfigureAwait(false);
        }
    }

    /// <returns>False if it was told to end before it was heard.</returns>
    private async Task<bool> RegisterAsync(SiloTools tools, ImmutableArray<ILaneDevice> devices, CancellationToken drain)
    {
        var description = new SiloDescription(
            parts.Host, DatasetMetadata.SoftwareVersion, ChunkPlan.Version, parts.Data, [.. devices.Select(LaneDescriptions.Of)]);
        using var pulse = parts.Health.Watch("registration", parts.Timing.Heartbeat);
        try
        {
            await tools.Calls.AskAsync(
                pulse, cancellation => parts.Server.RegisterAsync(description, cancellation), drain).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (drain.IsCancellationRequested)
        {
            return false;
        }
        if (!drain.IsCancellationRequested) parts.Health.Stage = SiloStage.Ready;
        parts.Log.Registered(parts.Server.Silo, devices.Length);
        return true;
    }

    private void Drains(string why)
    {
        parts.Health.Stage = SiloStage.Draining;
        parts.Log.Drains(why, parts.Timing.Grace.TotalSeconds);
    }

    private int NoDevices()
    {
        parts.Log.NoDevices();
        return ExitCode.MachineFailed;
    }

    private async Task LeaveAsync()
    {
        using var limit = new CancellationTokenSource(LongestLeave, parts.Time);
        try
        {
            await parts.Server.LeaveAsync(limit.Token).ConfigureAwait(false);
            parts.Log.Left(parts.Server.Silo);
        }
        catch (Exception unheard) when (unheard is ServerException or OperationCanceledException)
        {
            parts.Log.LeavesUnheard(parts.Server.Silo, unheard is ServerException ? unheard.Message : "no answer in time");
        }
    }
}
