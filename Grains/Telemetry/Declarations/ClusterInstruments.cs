using static Sweeps.Grains.Telemetry.Declarations.FactOf;
using static Sweeps.Grains.Telemetry.Declarations.InstrumentKind;
using static Sweeps.Grains.Telemetry.Declarations.MetricLabels;

namespace Sweeps.Grains.Telemetry.Declarations;

/// <summary>
/// Where sweeps and silos stand. Only sweeps that go on are reported. One machine without a cluster reports its own sweep in these words.
/// </summary>
public static class ClusterInstruments
{
    public static readonly InstrumentDeclaration Points = new(
        Gauge, "sweeps.points", "{point}", "Points of a sweep: open, done or failed.", Cluster, [Sweep, State]);

    public static readonly InstrumentDeclaration Chunks = new(
        Gauge, "sweeps.chunks", "{chunk}", "Chunks of a sweep: waiting, leased, settled or quarantined.", Cluster, [Sweep, State]);

    public static readonly InstrumentDeclaration Phase = new(
        Gauge, "sweeps.sweep.phase", "{sweep}",
        "1 for the one phase that a sweep is in: running, paused, failed_budget, cancelled or completed.", Cluster, [Sweep, State]);

    public static readonly InstrumentDeclaration Remaining = new(
        Gauge, "sweeps.sweep.remaining", "s",
        "Predicted time until the last chunk of a sweep ends; absent without a rate.", Cluster, [Sweep]);

    public static readonly InstrumentDeclaration FailureBudget = new(
        Gauge, "sweeps.sweep.failure.budget", "{point}", "Points of a sweep that may fail before it stops.", Cluster, [Sweep]);

    public static readonly InstrumentDeclaration SweepLanes = new(
        Gauge, "sweeps.sweep.lanes", "{lane}", "Lanes that hold chunks of a sweep.", Cluster, [Sweep]);

    public static readonly InstrumentDeclaration Silos = new(
        Gauge, "sweeps.silos", "{silo}", "Registered silos: working, draining or lost.", Cluster, [State]);

    public static readonly InstrumentDeclaration Lanes = new(
        Gauge, "sweeps.lanes", "{lane}", "Lanes of silos that are not lost: working on a sweep, or idle.", Cluster, [State]);

    public static readonly InstrumentDeclaration Housekeeping = new(
        Gauge, "sweeps.housekeeping.term", "{term}",
        "1 where the term of housekeeping is held, and figures of the cluster are reported; elsewhere 0.", ProcessPart, []);
}
