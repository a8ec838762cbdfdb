using Sweeps.Grafana.Panels;
using Sweeps.Grafana.Queries;
using Sweeps.Grains.Telemetry.Declarations;
using static Sweeps.Grafana.Dashboards.Common;
using static Sweeps.Grafana.Queries.Promql;
using static Sweeps.Grains.Telemetry.Declarations.MetricLabels;

namespace Sweeps.Grafana.Dashboards;

/// <summary>Lanes and the devices under them: what computes, how well, with how much memory.</summary>
internal static class DeviceDashboard
{
    private static readonly string[] ByLane = [Metric.Instance, Lane, DeviceKind];

    private const string LaneLegend = "{{instance}} lane {{lane}} {{device_kind}}";

    public static Dashboard Dashboard { get; } = new(
        Catalogue.DeviceUid, "Sweeps / Device", "Lanes and their devices: what computes, how well, with how much memory.",
        [Variable.DataSource(), Variable.Cluster(), Variable.Silo(), Variable.Device()],
        [
            new(null, [new(6, [Busyness(), SpeedByKind(), MemoryShare(), Retired(), Lost()])]),
            new("Lanes", [new(8, [BusynessByLane(), ThreadsByLane()]), new(8, [LanesByState(), HeldByLane()])]),
            new("Points and chunks", [new(8, [SpeedBySilo(), Durations()])]),
            new("Memory of devices (a processor has no limit of its own, and tells none)", [new(8, [MemoryUsed(), MemoryShareByLane()])]),
        ]);

    private static Selector Of(InstrumentDeclaration declared) => OfSilo(declared).OneOf(DeviceKind, "$device");

    private static Query Memory(params string[] by) =>
        Now(Of(LaneInstruments.DeviceMemoryUsed), by) / Now(Of(LaneInstruments.DeviceMemoryLimit), by);

    private static Gauge Busyness() => new(
        "Kernel share by kind of device",
        "Part of the time of working lanes' threads that was spent computing, or waiting for what a device computes. Low: the device waits for its "
            + "lane; of auto, its threads wait for points that a processor is to compute.",
        Units.Share, [new("{{device_kind}}", KernelShare(Of, DeviceKind))])
    {
        IsBars = true,
        Range = (0, 1),
        Lowest = "red",
        Thresholds = Busy,
        Width = 6,
    };

    private static Stat SpeedByKind() => new(
        "Points per second by kind of device", "The kind that computed the point, as in the column device.", Units.Count,
        [new("{{device_kind}}", Rate(Of(ChunkInstruments.PointsFinished), DeviceKind))])
    {
        WhenNothing = "none",
        Width = 6,
    };

    private static Gauge MemoryShare() => new(
        "Memory of devices", "What silos have allocated, of all there is on devices with a limit.", Units.Share,
        [new("{{device_kind}}", Memory(DeviceKind))])
    {
        Range = (0, 1),
        Thresholds = [new(0.85, "orange"), new(0.95, "red")],
        WhenNothing = "no device with a limit",
        Width = 5,
    };

    private static Stat Retired() => new(
        "Retired lanes", "Their device was lost twice.", Units.Count,
        [new("retired", OrZero(Now(Of(LaneInstruments.Lanes).Where(State, "retired")), Now(Of(LaneInstruments.Lanes))))])
    {
        Thresholds = AnyIsUnusual,
        Width = 3,
    };

    private static Stat Lost() => new(
        "Chunks dropped with a device", "In the time shown, by the silos chosen.", Units.Count,
        [new("dropped", Events(OfSilo(ChunkInstruments.Dropped).Where(Reason, "device_lost"), TimeShown)) { IsInstant = true }])
    {
        Thresholds = AnyIsUnusual,
        WhenNothing = "none",
        Width = 4,
    };

    private static TimeSeries BusynessByLane() => new(
        "Kernel share by lane", "Part of the time of a working lane's threads that was spent computing.", Units.Share,
        [new(LaneLegend, KernelShare(Of, ByLane))])
    {
        Range = (0, 1),
    };

    private static TimeSeries ThreadsByLane() => new(
        "Threads at work by lane", "On average: those of a lane count only while it works.", Units.Count,
        [new(LaneLegend, Rate(Of(LaneInstruments.ThreadTime), ByLane))])
    {
        IsStacked = true,
    };

    private static TimeSeries LanesByState() => new(
        "Lanes by state and kind of device", "As the silos tell of their own.", Units.Count,
        [new("{{device_kind}} {{state}}", Now(Of(LaneInstruments.Lanes), DeviceKind, State))])
    {
        IsStacked = true,
    };

    private static TimeSeries HeldByLane() => new(
        "Leases held by lane", "A device with none ahead of it will wait.", Units.Count,
        [new(LaneLegend, Now(Of(LeaseInstruments.Held), ByLane))]);

    private static TimeSeries SpeedBySilo() => new(
        "Points per second by silo and kind of device", "Measured and failed, of all sweeps.", Units.Count,
        [new("{{instance}} {{device_kind}}", Rate(Of(ChunkInstruments.PointsFinished), Metric.Instance, DeviceKind))])
    {
        IsStacked = true,
    };

    private static TimeSeries Durations() => new(
        "Chunk durations by kind of device", "Half of the chunks took less than p50, one in a hundred more than p99.", Units.Seconds,
        Quantiles(Of(ChunkInstruments.Duration), "{{device_kind}}", DeviceKind))
    {
        IsLogarithmic = true,
    };

    private static TimeSeries MemoryUsed() => new(
        "Allocated by lane", "By the silo alone; others on the device are not counted.", Units.Bytes,
        [new(LaneLegend, Now(Of(LaneInstruments.DeviceMemoryUsed), ByLane))]);

    private static TimeSeries MemoryShareByLane() => new(
        "Allocated, of the device's memory", "By the silo alone; others on the device are not counted.", Units.Share,
        [new(LaneLegend, Memory(ByLane))])
    {
        Range = (0, 1),
        Thresholds = [new(0.85, "orange"), new(0.95, "red")],
    };
}
