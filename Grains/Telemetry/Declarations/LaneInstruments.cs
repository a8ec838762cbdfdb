using static Sweeps.Grains.Telemetry.Declarations.FactOf;
using static Sweeps.Grains.Telemetry.Declarations.InstrumentKind;
using static Sweeps.Grains.Telemetry.Declarations.MetricLabels;

namespace Sweeps.Grains.Telemetry.Declarations;

/// <summary>How busy the lanes of a process and their devices are.</summary>
public static class LaneInstruments
{
    public static readonly InstrumentDeclaration KernelTime = new(
        Counter, "sweeps.lane.kernel.time", "s", "Time that threads of a lane spent inside the experiment's computation, summed over them.",
        ProcessPart, [Lane, DeviceKind]);

    public static readonly InstrumentDeclaration ThreadTime = new(
        Counter, "sweeps.lane.thread.time", "s",
        "Time that a lane was at work, times its threads: kernel time over this is the share of the lane that computes.",
        ProcessPart, [Lane, DeviceKind]);

    public static readonly InstrumentDeclaration Lanes = new(
        Gauge, "sweeps.silo.lanes", "{lane}", "Lanes of this process: working, idle or retired.", ProcessPart, [State, DeviceKind]);

    public static readonly InstrumentDeclaration DeviceMemoryUsed = new(
        Gauge, "sweeps.device.memory.used", "By", "Memory of a lane's device that this process has allocated.",
        ProcessPart, [Lane, DeviceKind]);

    public static readonly InstrumentDeclaration DeviceMemoryLimit = new(
        Gauge, "sweeps.device.memory.limit", "By", "Memory of a lane's device.", ProcessPart, [Lane, DeviceKind]);
}
