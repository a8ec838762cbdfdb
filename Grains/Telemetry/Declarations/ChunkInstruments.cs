using static Sweeps.Grains.Telemetry.Declarations.FactOf;
using static Sweeps.Grains.Telemetry.Declarations.InstrumentKind;
using static Sweeps.Grains.Telemetry.Declarations.MetricLabels;

namespace Sweeps.Grains.Telemetry.Declarations;

/// <summary>What a process does with points and chunks.</summary>
public static class ChunkInstruments
{
    public static readonly InstrumentDeclaration PointsFinished = new(
        Counter, "sweeps.points.finished", "{point}",
        "Points measured (done) or given up (failed) here; those of a chunk that is lost count again when somebody measures them again.",
        ProcessPart, [Sweep, DeviceKind, Outcome]);

    public static readonly InstrumentDeclaration Settled = new(
        Counter, "sweeps.chunks.settled", "{chunk}", "Chunks computed and published here, and heard of by the sweep.",
        ProcessPart, [Sweep, DeviceKind]);

    public static readonly InstrumentDeclaration Dropped = new(
        Counter, "sweeps.chunks.dropped", "{chunk}", "Chunks taken here and not settled, by reason.",
        ProcessPart, [Sweep, Reason]);

    public static readonly InstrumentDeclaration Retried = new(
        Counter, "sweeps.chunks.retried", "{chunk}", "Chunks taken here that had failed, or lost their worker, before.",
        ProcessPart, [Sweep]);

    public static readonly InstrumentDeclaration Quarantined = new(
        Counter, "sweeps.chunks.quarantined", "{chunk}", "Chunks given up for good in a turn of this process; their points have failed.",
        ProcessPart, [Sweep]);

    public static readonly InstrumentDeclaration Duration = new(
        Histogram, "sweeps.chunk.duration", "s", "From a chunk's first point taken up until all its rows are staged.",
        ProcessPart, [Experiment, DeviceKind])
    {
        Buckets = Buckets.Chunk,
    };

    public static readonly InstrumentDeclaration Publication = new(
        Histogram, "sweeps.chunk.publication.duration", "s", "From a chunk staged until its files are in place, its lease confirmed.",
        ProcessPart, [Experiment])
    {
        Buckets = Buckets.Publication,
    };

    public static readonly InstrumentDeclaration Deviation = new(
        Histogram, "sweeps.point.deviation", "{standard_error}",
        "|z|: distance of a measured value from the closed form that is exact at finite size, in standard errors.",
        ProcessPart, [Experiment, Quantity])
    {
        Buckets = Buckets.StandardErrors,
    };

    public static readonly InstrumentDeclaration WorstDeviation = new(
        Gauge, "sweeps.point.deviation.worst", "{standard_error}", "The largest |z| of a sweep that this process has measured.",
        ProcessExtreme, [Sweep, Quantity]);
}
