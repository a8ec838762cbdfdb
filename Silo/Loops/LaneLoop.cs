using Sweeps.Compute.Devices;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Telemetry.Recording;
using Sweeps.Grains.Workers;
using Sweeps.Silo.Datasets;
using Sweeps.Silo.Health;
using Sweeps.Silo.Logging;

namespace Sweeps.Silo.Loops;

/// <summary>One device's way from sweep to sweep: asks which, opens it, works on it, and leaves it when another is more urgent.</summary>
/// <param name="lane">Its number in the silo's description.</param>
/// <param name="device">What computes.</param>
/// <param name="tools">Shared with the other loops.</param>
internal sealed class LaneLoop(int lane, ILaneDevice device, SiloTools tools)
{
    private readonly SiloParts parts = tools.Parts;
    private readonly LoopPulse pulse = tools.Parts.Health.Watch(FormattableString.Invariant($"lane {lane}"), SiloTiming.Asking);
    private int failures;
    private volatile bool works;

    public ILaneDevice Device => device;

    public int Number => lane;

    /// <summary>Whether the device has left for good.</summary>
    public bool IsRetired { get; private set; }

    public LaneState State => IsRetired ? LaneState.Retired : works ? LaneState.Working : LaneState.Idle;

    /// <summary>Until drain, and what was begun is finished; or until it is cancelled, or the device leaves.</summary>
    public async Task RunAsync(CancellationToken drain, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(drain, cancel);
        (long, int)? exhausted = null;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var sweep = await tools.Calls.AskAsync(
                    pulse, cancellation => parts.Server.ChooseAsync(lane, cancellation), stop.Token).ConfigureAwait(false);
                // What gave no more a moment ago is as good as nothing until there is news.
                if (sweep is null || exhausted == SiloTools.KeyOf(sweep))
                {
                    exhausted = null;
                    await tools.WaitForNewsAsync(pulse, SiloTiming.Asking, stop.Token).ConfigureAwait(false);
                    continue;
                }
                await WorkAsync(sweep, drain, cancel, stop.Token).ConfigureAwait(false);
                exhausted = SiloTools.KeyOf(sweep);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
        catch (DeviceException gone)
        {
            IsRetired = true;
            parts.Log.Retires(lane, device.Name, gone.Message);
        }
        finally
        {
            tools.DataOutage.Forget(pulse);
            tools.ServerOutage.Forget(pulse);
            pulse.Dispose();
        }
    }

    private async Task WorkAsync(SweepRecord sweep, CancellationToken drain, CancellationToken cancel, CancellationToken stop)
    {
        using var work = tools.Workload.Begin();
        try
        {
            // A large sweep takes a while to cut into chunks.
            pulse.Rest();
            var (rental, refusal) = await tools.Datasets.RentAsync(sweep, stop).ConfigureAwait(false);
            pulse.Turn();
            if (rental is null)
            {
                await RefuseAsync(sweep, refusal!, stop).ConfigureAwait(false);
                return;
            }
            using (rental) await RunAsync(sweep, rental.Dataset, drain, cancel).ConfigureAwait(false);
            failures = 0;
            tools.DataOutage.Succeeds(pulse);
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            tools.DataOutage.Fails(pulse, away.Message);
            parts.Metrics?.Datasets.DataFailed();
            await PauseAsync(stop).ConfigureAwait(false);
        }
        catch (ServerException away)
        {
            // What goes away by itself has been waited out further down; this asks for somebody's doing: a role may no more, say.
            // It is over with the next answer.
            tools.ServerOutage.Fails(pulse, away.Message);
            await PauseAsync(stop).ConfigureAwait(false);
        }
        catch (DatasetException damaged)
        {
            await RefuseAsync(sweep, damaged.Message, stop).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a sweep does to this silo, others can still be worked on; its user is told.
        catch (Exception wrong) when (wrong is not (DeviceException or OutOfMemoryException) && !stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            parts.Log.Fails(wrong);
            await RefuseAsync(sweep, $"an error of the program itself ({wrong.GetType().Name}: {wrong.Message})",
                stop).ConfigureAwait(false);
        }
    }

    private Task PauseAsync(CancellationToken stop)
    {
        var pause = Backoff.After(++failures, tools.Jitter);
        pulse.Expect(pause);
        return Task.Delay(pause, parts.Time, stop);
    }

    private async Task RunAsync(SweepRecord sweep, ISiloDataset dataset, CancellationToken drain, CancellationToken cancel)
    {
        parts.Log.Works(lane, sweep.Folder);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(drain);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(leave.Token, cancel);
        var grain = parts.Server.GrainOf(sweep, dataset.PointsOf);
        string worker = FormattableString.Invariant($"{parts.Server.Silo}/{lane}");
        var meant = (device, sweep.Device) switch
        {
            (LaneAuto both, DeviceDemand.Processor) => both.Processor,
            (LaneAuto both, DeviceDemand.Accelerator) => both.Accelerator,
            _ => device,
        };
        works = true;
        // In the background: it computes on this thread, perhaps, before it first waits.
        var running = Task.Run(
            () => dataset.RunAsync(lane, meant, grain, worker, parts.Alone(sweep, meant), leave.Token, cancel), CancellationToken.None);
        var watching = WatchAsync(sweep, leave, over.Token);
        try
        {
            await running.ConfigureAwait(false);
        }
        finally
        {
            works = false;
            await over.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
        }
    }

    /// <summary>While the lane works, asks now and then, and after news, whether it is wanted elsewhere, and then has it leave.</summary>
    private async Task WatchAsync(SweepRecord sweep, CancellationTokenSource leave, CancellationToken over)
    {
        try
        {
            while (true)
            {
                await tools.WaitForNewsAsync(pulse, SiloTiming.AskingAtWork, over).ConfigureAwait(false);
                // Many news are one question, and not all lanes ask it at the same moment.
                await Task.Delay(tools.Jitter.Of(SiloTiming.Asking), parts.Time, over).ConfigureAwait(false);
                var choice = await tools.Calls.AskAsync(
                    pulse, cancellation => parts.Server.ChooseAsync(lane, cancellation), over).ConfigureAwait(false);
                if (choice is null || SiloTools.KeyOf(choice) == SiloTools.KeyOf(sweep)) continue;
                parts.Log.Moves(lane, sweep.Folder, choice.Folder);
                await leave.CancelAsync().ConfigureAwait(false);
                return;
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            // What it finishes takes as long as it takes.
            pulse.Rest();
        }
    }

    private async Task RefuseAsync(SweepRecord sweep, string reason, CancellationToken stop)
    {
        // The server offers it again after a while: the reason may have gone.
        if (tools.Refused.TryAdd(SiloTools.KeyOf(sweep), reason)) parts.Log.Refuses(sweep.Folder, reason);
        await tools.Calls.AskAsync(
            pulse, cancellation => parts.Server.RefuseAsync(sweep, reason, cancellation), stop).ConfigureAwait(false);
    }
}
