using System.Collections.Immutable;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Grains.Telemetry;

/// <summary>Records what a lane does for a sweep; any number of threads at once.</summary>
public sealed class LaneRecorder
{
    private readonly SweepRecorder sweep;
    private readonly LaneLabels lane;

    internal LaneRecorder(SweepRecorder sweep, LaneLabels lane) => (this.sweep, this.lane) = (sweep, lane);

    internal TimeProvider Time => sweep.Recorders.Time;

    private SweepsMetrics Metrics => sweep.Recorders.Metrics;

    /// <summary>The same grain, its answers timed.</summary>
    internal ISweepGrain Timed(ISweepGrain grain) => new TimedGrain(grain, Metrics.Leases, Time);

    /// <summary>Asks for what the lane holds, whenever somebody wants to know, until this is disposed of.</summary>
    internal IDisposable Watch(Func<LeaseReading> read) => Metrics.Leases.Watch(lane, read);

    /// <summary>The calling thread begins to work for the lane.</summary>
    internal LaneThread BeginThread() => new(this);

    /// <summary>A chunk has been granted.</summary>
    /// <param name="lease">By which it is held.</param>
    /// <param name="askedAt">Timestamp of the question.</param>
    internal ChunkRecorder Taken(Lease lease, long askedAt)
    {
        bool isRetried = lease.History != default;
        sweep.Work.ChunkTaken(isRetried);
        var trace = sweep.Recorders.Traces.Begin(
            new(sweep.Sweep, sweep.Experiment, lease.Id.Chunk, lease.Worker, lease.Id.Epoch, isRetried),
            Time.GetUtcNow() - Time.GetElapsedTime(askedAt));
        return new(sweep.Work, lane.DeviceKind, trace, Time);
    }

    /// <summary>Points are measured, or have failed.</summary>
    /// <param name="device">As in the column <c>device</c>; null where the lane did not see on which.</param>
    /// <param name="done">Measured.</param>
    /// <param name="failed">Failed.</param>
    internal void PointsFinished(string? device, long done, long failed) =>
        sweep.Work.PointsFinished(device ?? lane.DeviceKind, done, failed);

    /// <summary>What was measured at a point.</summary>
    internal void Measured(ImmutableArray<Estimate> estimates)
    {
        for (int i = 0; i < estimates.Length; i++)
            if (estimates[i].Z is { } z) sweep.Work.Deviates(i, z);
    }

    internal void Spent(TimeSpan inKernels, TimeSpan atWork)
    {
        Metrics.Lanes.Computed(lane, inKernels);
        Metrics.Lanes.Worked(lane, atWork, threads: 1);
    }
}
