using System.Diagnostics.Metrics;
using Sweeps.Grains.Telemetry.Declarations;

namespace Sweeps.Grains.Telemetry.Recording;

/// <summary>
/// What this process has read of the cluster lately. Only the silo that keeps house reads, so a reading that is older than
/// <see cref="FreshFor"/> is nobody's any more, and is not told.
/// </summary>
public sealed class ClusterMetrics
{
    /// <summary>A few rounds of housekeeping, and several scrapes' distance from being mistaken for now.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(30);

    private static readonly string[] PhaseWords = ["running", "paused", "failed_budget", "cancelled", "completed"];

    private readonly TimeProvider time;
    private Dated? latest;

    internal ClusterMetrics(SweepsMeter meter, TimeProvider time)
    {
        this.time = time;
        meter.Gauge(ClusterInstruments.Points, () => OfSweeps<long>(sweep =>
        [
            Measure(sweep, "open", sweep.Points - sweep.Progress.PointsDone - sweep.Progress.PointsFailed),
            Measure(sweep, "done", sweep.Progress.PointsDone),
            Measure(sweep, "failed", sweep.Progress.PointsFailed),
        ]));
        meter.Gauge(ClusterInstruments.Chunks, () => OfSweeps<long>(sweep =>
        [
            Measure(sweep, "waiting", sweep.Progress.Waiting),
            Measure(sweep, "leased", sweep.Progress.Leased),
            Measure(sweep, "settled", sweep.Progress.Settled),
            Measure(sweep, "quarantined", sweep.Progress.Quarantined),
        ]));
        meter.Gauge(ClusterInstruments.Phase, () => OfSweeps<long>(sweep =>
            [Measure(sweep, PhaseWords[(int)sweep.Progress.Phase], 1)]));
        meter.Gauge(ClusterInstruments.FailureBudget, () => OfSweeps<long>(sweep => sweep.FailureBudget is { } budget
            ? [new(budget, new KeyValuePair<string, object?>(MetricLabels.Sweep, sweep.Sweep))] : []));
        meter.Gauge(ClusterInstruments.SweepLanes, () => OfSweeps<long>(sweep =>
            [new Measurement<long>(sweep.Lanes, new KeyValuePair<string, object?>(MetricLabels.Sweep, sweep.Sweep))]));
        meter.Gauge(ClusterInstruments.Remaining, () => OfSweeps<double>(sweep => sweep.Remaining is { } left
            ? [new(left.TotalSeconds, new KeyValuePair<string, object?>(MetricLabels.Sweep, sweep.Sweep))] : []));
        meter.Gauge(ClusterInstruments.Silos, () => Fresh?.Silos is { } silos ? ByState(
            ("working", silos.Working), ("draining", silos.Draining), ("lost", silos.Lost)) : []);
        meter.Gauge(ClusterInstruments.Lanes, () => Fresh?.Silos is { } silos ? ByState(
            ("working", silos.LanesWorking), ("idle", silos.LanesIdle)) : []);
        meter.Gauge(ClusterInstruments.Housekeeping, () => new Measurement<long>[] { new(Fresh is null ? 0 : 1) });
    }

    private ClusterReading? Fresh =>
        Volatile.Read(ref latest) is { } dated && time.GetElapsedTime(dated.At) < FreshFor ? dated.Reading : null;

    /// <summary>This process keeps house, or runs the only sweep there is, and has read how things stand.</summary>
    public void Read(ClusterReading reading) => Volatile.Write(ref latest, new(reading, time.GetTimestamp()));

    /// <summary>Another keeps house from now on.</summary>
    public void Forget() => Volatile.Write(ref latest, null);

    private IEnumerable<Measurement<T>> OfSweeps<T>(Func<SweepReading, IEnumerable<Measurement<T>>> measured)
        where T : struct => Fresh is { } reading ? reading.Sweeps.SelectMany(measured) : [];

    private static Measurement<long> Measure(SweepReading sweep, string state, long value) =>
        new(value, new(MetricLabels.Sweep, sweep.Sweep), new(MetricLabels.State, state));

    private static IEnumerable<Measurement<long>> ByState(params (string State, int Count)[] counts) =>
        counts.Select(one => new Measurement<long>(one.Count, new KeyValuePair<string, object?>(MetricLabels.State, one.State)));

    private sealed record Dated(ClusterReading Reading, long At);
}
