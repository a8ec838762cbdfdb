using Sweeps.Grains.Telemetry;
using Sweeps.Grains.Telemetry.Recording;
using Sweeps.Silo.Logging;

namespace Sweeps.Silo.Loops;

/// <summary>A silo's life under one name: its loops from its registration until it drains, is given up, or has no device left.</summary>
internal sealed class Registration(SiloTools tools, IReadOnlyList<LaneLoop> lanes)
{
    private readonly SiloParts parts = tools.Parts;

    /// <param name="drain">Told to end: by a signal, or after idleness.</param>
    /// <exception cref="Exception">A loop failed by an error of the program itself; the others have been stopped.</exception>
    public async Task<RegistrationEnd> RunAsync(CancellationToken drain)
    {
        using var work = new CancellationTokenSource();
        using var presence = new CancellationTokenSource();
        IDisposable[] watched = [.. lanes.SelectMany(Watched), .. WatchedFolder()];
        var lost = new HeartbeatLoop(tools).RunAsync(drain, presence.Token);
        var keeping = new HousekeepingLoop(tools).RunAsync(presence.Token);
        var computing = Task.WhenAll(lanes.Select(lane => lane.RunAsync(drain, work.Token)));
        var jobs = new DatasetJobLoop(tools).RunAsync(drain, work.Token);
        var working = Task.WhenAll(computing, jobs);
        try
        {
            var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var told = drain.Register(drained.SetResult);
            await Task.WhenAny(drained.Task, lost, keeping, computing, jobs).ConfigureAwait(false);
            bool isDrained = drain.IsCancellationRequested;
            if (isDrained) await GraceAsync(working, lost, keeping).ConfigureAwait(false);
            await work.CancelAsync().ConfigureAwait(false);
            if (!await EndsAsync(working).ConfigureAwait(false)) return RegistrationEnd.Hangs;
            await presence.CancelAsync().ConfigureAwait(false);
            await keeping.ConfigureAwait(false);
            bool isLost = await lost.ConfigureAwait(false);
            if (isLost) parts.Log.GivenUp(parts.Server.Silo);
            return isLost ? isDrained ? RegistrationEnd.LostInDrain : RegistrationEnd.Lost
                : isDrained ? RegistrationEnd.Drained
                : RegistrationEnd.NoDevices;
        }
        finally
        {
            await work.CancelAsync().ConfigureAwait(false);
            await presence.CancelAsync().ConfigureAwait(false);
            foreach (var each in watched) each.Dispose();
        }
    }

    private IEnumerable<IDisposable> Watched(LaneLoop lane)
    {
        if (parts.Metrics is not { } metrics) yield break;
        var labels = new LaneLabels(lane.Number, lane.Device.Kind);
        yield return metrics.Lanes.Watch(labels, () => lane.State);
        if (lane.Device.Memory is { } memory) yield return metrics.Lanes.WatchMemory(labels, memory.Used, memory.Limit);
    }

    private IEnumerable<IDisposable> WatchedFolder()
    {
        if (parts.Metrics is not { Datasets: var metrics }) yield break;
        metrics.Begin();
        yield return metrics.WatchFree(new FreeSpace(parts.Data).Read);
    }

    /// <summary>Lanes and jobs finish what they have begun, as long as they may.</summary>
    private async Task GraceAsync(Task working, Task lost, Task keeping)
    {
        using var over = new CancellationTokenSource();
        var grace = Task.Delay(parts.Timing.Grace, parts.Time, over.Token);
        if (await Task.WhenAny(working, grace, lost, keeping).ConfigureAwait(false) == grace) parts.Log.GraceOver();
        await over.CancelAsync().ConfigureAwait(false);
    }

    private async Task<bool> EndsAsync(Task working)
    {
        await working.WaitAsync(SiloTiming.Settling, parts.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!working.IsCompleted)
        {
            parts.Log.DoesNotEnd();
            return false;
        }
        // Whether it ended in time or in the moment in which the time was over: only its own error counts.
        await working.ConfigureAwait(false);
        return true;
    }
}

/// <summary>How a registration ended.</summary>
internal enum RegistrationEnd
{
    Drained,

    /// <summary>The cluster gave the silo up: it may register anew.</summary>
    Lost,

    /// <summary>The cluster gave the silo up while it drained: there is nothing to take leave of.</summary>
    LostInDrain,

    /// <summary>The last device has left.</summary>
    NoDevices,

    /// <summary>A lane does not come to its end.</summary>
    Hangs,
}
