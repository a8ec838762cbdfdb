using System.Diagnostics.Metrics;
using Sweeps.Grains.Telemetry.Declarations;

namespace Sweeps.Grains.Telemetry.Recording;

/// <summary>Leases, and what grains answer.</summary>
public sealed class LeaseMetrics
{
    private static readonly string[] Calls = ["claim", "renew", "complete", "fail", "release"];

    private readonly Histogram<double> duration;
    private readonly Counter<long> expired;
    private readonly Observed<LaneLeaseSource> lanes = new();

    internal LeaseMetrics(SweepsMeter meter)
    {
        duration = meter.Histogram(LeaseInstruments.CallDuration);
        expired = meter.Count(LeaseInstruments.Expired);
        meter.Gauge(LeaseInstruments.Held, () => lanes.All.Select(lane => lane.Lane.Measure((long)lane.Read().Held)));
        meter.Gauge(LeaseInstruments.Age, () => lanes.All.Select(lane => lane.Lane.Measure(lane.Read().Age.TotalSeconds)));
        meter.Gauge(LeaseInstruments.Silence, () => lanes.All.Select(lane => lane.Lane.Measure(lane.Read().Silence.TotalSeconds)));
    }

    /// <summary>A grain has answered a worker.</summary>
    public void Answered(LeaseCall call, TimeSpan took) =>
        duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>(MetricLabels.Call, Calls[(int)call]));

    /// <summary>Turns of this process may find leases of a sweep expired: that is told from 0 on.</summary>
    public void Begin(string sweep) => Expired(sweep, 0);

    /// <summary>Leases ran out, as a turn of this process found.</summary>
    public void Expired(string sweep, long leases) => expired.Add(leases, new KeyValuePair<string, object?>(MetricLabels.Sweep, sweep));

    /// <summary>Asks a lane for what it holds, whenever somebody wants to know, until this is disposed of.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="read">Called on any thread; quick.</param>
    public IDisposable Watch(LaneLabels lane, Func<LeaseReading> read) => lanes.Add(new(lane, read));

    private sealed record LaneLeaseSource(LaneLabels Lane, Func<LeaseReading> Read);
}
