using static Sweeps.Grains.Telemetry.Declarations.FactOf;
using static Sweeps.Grains.Telemetry.Declarations.InstrumentKind;
using static Sweeps.Grains.Telemetry.Declarations.MetricLabels;

namespace Sweeps.Grains.Telemetry.Declarations;

/// <summary>What workers and grains have to do with one another.</summary>
public static class LeaseInstruments
{
    public static readonly InstrumentDeclaration CallDuration = new(
        Histogram, "sweeps.lease.call.duration", "s",
        "Until a grain's answer to a worker was there: claim, renew, complete, fail, release; outages that were waited out included.",
        ProcessPart, [Call])
    {
        Buckets = Buckets.Call,
    };

    public static readonly InstrumentDeclaration Held = new(
        Gauge, "sweeps.leases.held", "{lease}", "Leases that a lane of this process holds.", ProcessPart, [Lane, DeviceKind]);

    public static readonly InstrumentDeclaration Age = new(
        Gauge, "sweeps.lease.age", "s", "Time since the oldest lease of a lane was granted.", ProcessExtreme, [Lane, DeviceKind]);

    public static readonly InstrumentDeclaration Silence = new(
        Gauge, "sweeps.lease.silence", "s",
        "Time since the lease of a lane that waits longest was granted or renewed; at the lease's duration others take the chunk.",
        ProcessExtreme, [Lane, DeviceKind]);

    public static readonly InstrumentDeclaration Expired = new(
        Counter, "sweeps.leases.expired", "{lease}", "Leases found expired, their worker lost, in a turn of this process.",
        ProcessPart, [Sweep]);
}
