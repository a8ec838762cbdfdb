using System.Collections.Immutable;
using Sweeps.Grains.Telemetry.Declarations;

namespace Sweeps.Grafana.Queries;

/// <summary>What is not declared by us.</summary>
public static class OtherMetrics
{
    public const string Database = "datname";

    /// <summary>The resource of a process, on its page.</summary>
    public static Metric Target { get; } = new(
        "target_info", InstrumentKind.Gauge, FactOf.ProcessExtreme, ["host_name", "service_name", "service_version"],
        "What a process says of itself.");

    public static Metric WorkingSet { get; } = Metric.OfRuntime(
        InstrumentKind.Gauge, "dotnet.process.memory.working_set", "By", "Memory of the process that is in place.");

    /// <summary>postgres_exporter's, where it is installed.</summary>
    public static Metric BackendCount { get; } = Exporter(InstrumentKind.Gauge, "pg_stat_database_numbackends", "Connections.");

    public static Metric Commits { get; } = Exporter(InstrumentKind.Counter, "pg_stat_database_xact_commit", "Transactions committed.");

    public static Metric Rollbacks { get; } =
        Exporter(InstrumentKind.Counter, "pg_stat_database_xact_rollback", "Transactions rolled back.");

    public static Metric Deadlocks { get; } = Exporter(InstrumentKind.Counter, "pg_stat_database_deadlocks", "Deadlocks.");

    public static Metric DatabaseSize { get; } = Exporter(InstrumentKind.Gauge, "pg_database_size_bytes", "Size of a database.");

    public static Metric MostConnections { get; } = new(
        "pg_settings_max_connections", InstrumentKind.Gauge, FactOf.ProcessExtreme, [], "Connections that the server allows.")
    {
        IsOfSilos = false,
    };

    public static ImmutableArray<Metric> OfPostgresExporter { get; } =
        [BackendCount, Commits, Rollbacks, Deadlocks, DatabaseSize, MostConnections];

    private static Metric Exporter(InstrumentKind kind, string name, string description) =>
        new(name, kind, FactOf.ProcessPart, [Database], description) { IsOfSilos = false };
}
