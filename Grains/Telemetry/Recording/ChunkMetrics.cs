using System.Diagnostics.Metrics;
using Sweeps.Grains.Telemetry.Declarations;

namespace Sweeps.Grains.Telemetry.Recording;

/// <summary>Points and chunks that this process works on.</summary>
public sealed class ChunkMetrics
{
    internal ChunkMetrics(SweepsMeter meter)
    {
        PointsFinished = meter.Count(ChunkInstruments.PointsFinished);
        Settled = meter.Count(ChunkInstruments.Settled);
        Dropped = meter.Count(ChunkInstruments.Dropped);
        Retried = meter.Count(ChunkInstruments.Retried);
        Quarantined = meter.Count(ChunkInstruments.Quarantined);
        Duration = meter.Histogram(ChunkInstruments.Duration);
        Publication = meter.Histogram(ChunkInstruments.Publication);
        Deviation = meter.Histogram(ChunkInstruments.Deviation);
        meter.Gauge(ChunkInstruments.WorstDeviation, () => Working.All.SelectMany(sweep => sweep.Worst())
            .GroupBy(one => (one.Sweep, one.Quantity), (key, same) => new Measurement<double>(
                same.Max(one => one.Deviation), new(MetricLabels.Sweep, key.Sweep), new(MetricLabels.Quantity, key.Quantity))));
    }

    internal Counter<long> PointsFinished { get; }

    internal Counter<long> Settled { get; }

    internal Counter<long> Dropped { get; }

    internal Counter<long> Retried { get; }

    internal Counter<long> Quarantined { get; }

    internal Histogram<double> Duration { get; }

    internal Histogram<double> Publication { get; }

    internal Histogram<double> Deviation { get; }

    internal Observed<SweepWork> Working { get; } = new();

    /// <summary>A sweep that this process works on, until it is disposed of; then its worst deviation is no more reported.</summary>
    /// <param name="sweep">Its id.</param>
    /// <param name="experiment">Name of its experiment.</param>
    /// <param name="quantities">Of the experiment, in the order of its estimates.</param>
    public SweepWork Work(string sweep, string experiment, IEnumerable<string> quantities) => new(this, sweep, experiment, [.. quantities]);

    /// <summary>Turns of this process may give chunks of a sweep up: that is told from 0 on.</summary>
    public void Begin(string sweep) => Quarantined.Add(0, new KeyValuePair<string, object?>(MetricLabels.Sweep, sweep));

    /// <summary>A turn of this process has given a chunk up for good.</summary>
    public void ChunkQuarantined(string sweep) => Quarantined.Add(1, new KeyValuePair<string, object?>(MetricLabels.Sweep, sweep));
}
