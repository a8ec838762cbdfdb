using Sweeps.Grains.Telemetry.Declarations;

namespace Sweeps.Grains.Telemetry.Recording;

/// <summary>Records what a process does for one sweep; any number of threads at once, without allocating.</summary>
public sealed class SweepWork : IDisposable
{
    private readonly ChunkMetrics metrics;
    private readonly string sweep;
    private readonly string[] quantities;
    private readonly double[] worst;
    private readonly KeyValuePair<string, object?> sweepLabel;
    private readonly KeyValuePair<string, object?> experimentLabel;
    private readonly KeyValuePair<string, object?>[] quantityLabels;
    private readonly IDisposable observed;

    internal SweepWork(ChunkMetrics metrics, string sweep, string experiment, string[] quantities)
    {
        (this.metrics, this.sweep, this.quantities) = (metrics, sweep, quantities);
        worst = [.. quantities.Select(_ => -1.0)];
        sweepLabel = new(MetricLabels.Sweep, sweep);
        experimentLabel = new(MetricLabels.Experiment, experiment);
        quantityLabels = [.. quantities.Select(name => new KeyValuePair<string, object?>(MetricLabels.Quantity, name))];
        observed = metrics.Working.Add(this);
        metrics.Retried.Add(0, sweepLabel);
        foreach (var reason in Enum.GetValues<DropReason>()) metrics.Dropped.Add(0, sweepLabel, LabelOf(reason));
    }

    /// <summary>A lane begins: what it counts is told from 0 on, so that its first events are seen as such.</summary>
    /// <param name="deviceKind">Of the lane.</param>
    /// <param name="pointsOn">As in the column <c>device</c>: on what its points may be measured.</param>
    public void LaneBegins(string deviceKind, params ReadOnlySpan<string> pointsOn)
    {
        metrics.Settled.Add(0, sweepLabel, new(MetricLabels.DeviceKind, deviceKind));
        foreach (string kind in pointsOn)
            foreach (string outcome in (ReadOnlySpan<string>)["done", "failed"])
                metrics.PointsFinished.Add(0, sweepLabel, new(MetricLabels.DeviceKind, kind), new(MetricLabels.Outcome, outcome));
    }

    /// <summary>A lane has been granted a chunk.</summary>
    /// <param name="hasFailedBefore">Whether it failed or lost a worker before.</param>
    public void ChunkTaken(bool hasFailedBefore)
    {
        if (hasFailedBefore) metrics.Retried.Add(1, sweepLabel);
    }

    /// <summary>Points are measured, or have failed.</summary>
    /// <param name="deviceKind">As in the column <c>device</c>.</param>
    /// <param name="done">Measured.</param>
    /// <param name="failed">Failed.</param>
    public void PointsFinished(string deviceKind, long done, long failed)
    {
        KeyValuePair<string, object?> kind = new(MetricLabels.DeviceKind, deviceKind);
        if (done > 0) metrics.PointsFinished.Add(done, sweepLabel, kind, new(MetricLabels.Outcome, "done"));
        if (failed > 0) metrics.PointsFinished.Add(failed, sweepLabel, kind, new(MetricLabels.Outcome, "failed"));
    }

    /// <summary>A value beside its exact theory.</summary>
    /// <param name="quantity">Its place among the quantities.</param>
    /// <param name="z">In standard errors; not finite: nothing is recorded.</param>
    public void Deviates(int quantity, double z)
    {
        if (!double.IsFinite(z)) return;
        double size = Math.Abs(z);
        metrics.Deviation.Record(size, experimentLabel, quantityLabels[quantity]);
        ref double known = ref worst[quantity];
        for (double seen = Volatile.Read(ref known); size > seen;)
        {
            double before = Interlocked.CompareExchange(ref known, size, seen);
            if (before.Equals(seen)) return;
            seen = before;
        }
    }

    /// <summary>All rows of a chunk are staged.</summary>
    public void ChunkStaged(string deviceKind, TimeSpan sinceFirstPoint) =>
        metrics.Duration.Record(sinceFirstPoint.TotalSeconds, experimentLabel, new(MetricLabels.DeviceKind, deviceKind));

    /// <summary>A chunk's files are in place.</summary>
    public void ChunkPublished(TimeSpan sinceStaged) => metrics.Publication.Record(sinceStaged.TotalSeconds, experimentLabel);

    /// <summary>The grain has heard that a chunk is done.</summary>
    public void ChunkSettled(string deviceKind) => metrics.Settled.Add(1, sweepLabel, new(MetricLabels.DeviceKind, deviceKind));

    public void ChunkDropped(DropReason reason) => metrics.Dropped.Add(1, sweepLabel, LabelOf(reason));

    public void Dispose() => observed.Dispose();

    internal IEnumerable<(string Sweep, string Quantity, double Deviation)> Worst()
    {
        for (int i = 0; i < worst.Length; i++)
            if (Volatile.Read(ref worst[i]) is >= 0 and var deviation) yield return (sweep, quantities[i], deviation);
    }

    private static KeyValuePair<string, object?> LabelOf(DropReason reason) => new(MetricLabels.Reason, DropReasons.Word(reason));
}
