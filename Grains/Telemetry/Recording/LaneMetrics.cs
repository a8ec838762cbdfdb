using System.Diagnostics.Metrics;
using Sweeps.Grains.Telemetry.Declarations;

namespace Sweeps.Grains.Telemetry.Recording;

/// <summary>The lanes of this process and their devices.</summary>
public sealed class LaneMetrics
{
    private static readonly string[] States = ["idle", "working", "retired"];

    private readonly Counter<double> kernelTime;
    private readonly Counter<double> threadTime;
    private readonly Observed<LaneSource> lanes = new();
    private readonly Observed<DeviceSource> devices = new();

    internal LaneMetrics(SweepsMeter meter)
    {
        kernelTime = meter.Sum(LaneInstruments.KernelTime);
        threadTime = meter.Sum(LaneInstruments.ThreadTime);
        meter.Gauge(LaneInstruments.Lanes, () => lanes.All
            .GroupBy(lane => (State: lane.Read(), lane.Lane.DeviceKind), (key, same) => new Measurement<long>(
                same.Count(), new(MetricLabels.State, States[(int)key.State]), new(MetricLabels.DeviceKind, key.DeviceKind))));
        meter.Gauge(LaneInstruments.DeviceMemoryUsed, () => devices.All.Select(device => device.Lane.Measure(device.Used())));
        meter.Gauge(LaneInstruments.DeviceMemoryLimit, () => devices.All.Select(device => device.Lane.Measure(device.Limit)));
    }

    /// <summary>Threads of a lane computed.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="inKernels">Inside the experiment's computation, summed over threads.</param>
    public void Computed(LaneLabels lane, TimeSpan inKernels) => kernelTime.Add(inKernels.TotalSeconds, lane.All);

    /// <summary>A lane was at work.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="wall">So long.</param>
    /// <param name="threads">With so many threads.</param>
    public void Worked(LaneLabels lane, TimeSpan wall, int threads) => threadTime.Add(wall.TotalSeconds * threads, lane.All);

    /// <summary>Asks a lane for its state, until this is disposed of.</summary>
    public IDisposable Watch(LaneLabels lane, Func<LaneState> read) => lanes.Add(new(lane, read));

    /// <summary>Asks a device for its memory, until this is disposed of.</summary>
    /// <param name="lane">Whose device it is.</param>
    /// <param name="used">Bytes allocated by this process; called on any thread.</param>
    /// <param name="limit">Bytes that it has.</param>
    public IDisposable WatchMemory(LaneLabels lane, Func<long> used, long limit) => devices.Add(new(lane, used, limit));

    private sealed record LaneSource(LaneLabels Lane, Func<LaneState> Read);

    private sealed record DeviceSource(LaneLabels Lane, Func<long> Used, long Limit);
}
