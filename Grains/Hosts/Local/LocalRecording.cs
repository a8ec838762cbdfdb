using Sweeps.Grains.Specs;
using Sweeps.Grains.Telemetry;
using Sweeps.Grains.Telemetry.Recording;
using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Hosts.Local;

/// <summary>Records a run in this process: its lanes, its files, and as a cluster would tell it, where its sweep stands.</summary>
internal sealed class LocalRecording : IDisposable
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(1);

    private readonly Recorders recorders;
    private readonly long failureBudget;
    private readonly SweepRecorder sweep;
    private readonly Dictionary<ILaneDevice, (LaneRecorder Recorder, CurrentState State)> lanes = [];
    private readonly List<IDisposable> watched = [];

    /// <param name="recorders">Of the process.</param>
    /// <param name="folder">The dataset's folder.</param>
    /// <param name="spec">What runs.</param>
    /// <param name="devices">A lane each.</param>
    /// <param name="failureBudget">Points that may fail.</param>
    public LocalRecording(
        Recorders recorders, string folder, SweepSpec spec, IReadOnlyList<ILaneDevice> devices, long failureBudget)
    {
        (this.recorders, this.failureBudget) = (recorders, failureBudget);
        sweep = new(recorders, Path.GetFileName(folder), spec);
        watched.Add(recorders.Metrics.Datasets.WatchFree(new FreeSpace(folder).Read));
        for (int number = 0; number < devices.Count; number++)
        {
            var (device, labels, state) = (devices[number], new LaneLabels(number, devices[number].Kind), new CurrentState());
            lanes.Add(device, (sweep.Lane(number, device), state));
            watched.Add(recorders.Metrics.Lanes.Watch(labels, () => state.Value));
            if (device.Memory is { } memory) watched.Add(recorders.Metrics.Lanes.WatchMemory(labels, memory.Used, memory.Limit));
        }
    }

    public LaneRecorder LaneOf(ILaneDevice device) => lanes[device].Recorder;

    /// <summary>A device has left.</summary>
    public void Retired(ILaneDevice device) => lanes[device].State.Value = LaneState.Retired;

    /// <summary>A part file is in its place.</summary>
    public void Placed(DatasetTable table, long rows, long bytes) => sweep.Placed(table, rows, bytes);

    /// <summary>Tells each second where the sweep stands, also while no point ends for long; until cancellation.</summary>
    public async Task KeepAsync(ISweepGrain grain, Func<SweepProgress> progress, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(ReadEvery, recorders.Time);
        try
        {
            do await ReadAsync(grain, progress).ConfigureAwait(false);
            while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await ReadAsync(grain, progress).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        foreach (var each in watched) each.Dispose();
        sweep.Dispose();
    }

    private async Task ReadAsync(ISweepGrain grain, Func<SweepProgress> progress)
    {
        var (ledger, now) = (await grain.ProgressAsync(CancellationToken.None).ConfigureAwait(false), progress());
        // The ledger hears of points by chunks.
        ledger = ledger with { PointsDone = now.PointsDone, PointsFailed = now.PointsFailed };
        int working = lanes.Values.Count(lane => lane.State.Value is LaneState.Working);
        recorders.Metrics.Cluster.Read(new(
            [new(sweep.Sweep, now.Points, ledger, working, now.Remaining) { FailureBudget = failureBudget }], null));
    }

    private sealed class CurrentState
    {
        public volatile LaneState Value = LaneState.Working;
    }
}
