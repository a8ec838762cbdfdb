using Sweeps.Grafana.Panels;
using Sweeps.Grafana.Queries;
using Sweeps.Grains.Telemetry.Declarations;
using static Sweeps.Grafana.Dashboards.Common;
using static Sweeps.Grafana.Queries.Promql;
using static Sweeps.Grains.Telemetry.Declarations.MetricLabels;

namespace Sweeps.Grafana.Dashboards;

/// <summary>The database as silos see it, and where its exporter is installed, as it sees itself.</summary>
internal static class PostgresDashboard
{
    public static Dashboard Dashboard { get; } = new(
        Catalogue.PostgresUid, "Sweeps / PostgreSQL host", "How the database serves the silos: how fast, how often not, and why.",
        [Variable.DataSource(), Variable.Cluster(), Variable.Silo()],
        [
            new(null, [new(5, [FailedShare(), SlowAttempt(), SlowCall(), Attempts(), Errors(), House()])]),
            new("Calls: until a worker had its answer",
            [
                new(8, [Call("p50", 0.5), Call("p95", 0.95), Call("p99", 0.99)]),
                new(8, [Calls(), CallMap()]),
            ]),
            new("Attempts: one turn of the database each",
            [
                new(8, [AttemptDurations(), AttemptsByOutcome()]),
                new(8, [ErrorsByKind(), ErrorsBySilo(), HouseBySilo()]),
            ]),
            new("Optional: what PostgreSQL tells of itself (needs postgres_exporter)",
            [
                new(8, [Connections(), Transactions()]),
                new(8, [Deadlocks(), Size()]),
            ]) { IsCollapsed = true },
        ]);

    private static Stat FailedShare() => new(
        "Failed attempts", "Part of all; silos repeat them. Steadily more than none: look at the kinds below.", Units.Share,
        [new("failed", OrZero(
            Frequency(OfSilo(DatabaseInstruments.AttemptDuration).Where(Outcome, "failed")),
            Frequency(OfSilo(DatabaseInstruments.AttemptDuration))) / Frequency(OfSilo(DatabaseInstruments.AttemptDuration)))])
    {
        Thresholds = [new(0.001, "orange"), new(0.05, "red")],
        Decimals = 2,
    };

    private static Stat SlowAttempt() => new(
        "Attempts: p99", "Turns are short, by key, on few rows: slow ones wait for the disk, for locks or for the network.", Units.Seconds,
        [new("p99", Quantile(0.99, OfSilo(DatabaseInstruments.AttemptDuration)))])
    {
        Thresholds = [new(0.25, "orange"), new(1, "red")],
    };

    private static Stat SlowCall() => new(
        "Calls: p99", "As workers wait, outages included that were waited out.", Units.Seconds,
        [new("p99", Quantile(0.99, OfSilo(LeaseInstruments.CallDuration)))])
    {
        Thresholds = [new(0.5, "orange"), new(5, "red")],
    };

    private static Stat Attempts() => new(
        "Attempts", "What the silos ask of the database.", Units.OperationsPerSecond,
        [new("attempts", Frequency(OfSilo(DatabaseInstruments.AttemptDuration)))]);

    private static Stat Errors() => new(
        "Errors", "Attempts that failed in the time shown, those repeated with success included.", Units.Count,
        [new("errors", Events(OfSilo(DatabaseInstruments.Errors), TimeShown)) { IsInstant = true }])
    {
        Thresholds = AnyIsUnusual,
        WhenNothing = "none",
    };

    private static Stat House() => new(
        "Keep house", "One silo does, or for a moment two; none: the database is away, and figures of the cluster are missing.",
        Units.Count,
        [new("silos", Now(Selector.Of(ClusterInstruments.Housekeeping)))])
    {
        Lowest = "red",
        Thresholds = [new(1, "green"), new(2, "orange")],
    };

    private static TimeSeries Call(string name, double quantile) => new(
        $"{name} by call", "Until a grain's answer to a worker was there.", Units.Seconds,
        [new("{{call}}", Quantile(quantile, OfSilo(LeaseInstruments.CallDuration), MetricLabels.Call))])
    {
        IsLogarithmic = true,
    };

    private static TimeSeries Calls() => new(
        "Calls a second", "By what was asked.", Units.OperationsPerSecond,
        [new("{{call}}", Frequency(OfSilo(LeaseInstruments.CallDuration), MetricLabels.Call))])
    {
        IsStacked = true,
    };

    private static Heatmap CallMap() => new(
        "Calls by duration", "Two bands where there was one: some wait for what others do not.", Units.Seconds,
        OfSilo(LeaseInstruments.CallDuration));

    private static TimeSeries AttemptDurations() => new(
        "Attempts by outcome", "How long they took. Failed ones are often as long as a limit of time.", Units.Seconds,
        Quantiles(OfSilo(DatabaseInstruments.AttemptDuration), "{{outcome}}", Outcome))
    {
        IsLogarithmic = true,
    };

    private static TimeSeries AttemptsByOutcome() => new(
        "Attempts a second by outcome", "Idle lanes ask each second, working ones more rarely: deploy/README.md says how often to expect.",
        Units.OperationsPerSecond, [new("{{outcome}}", Frequency(OfSilo(DatabaseInstruments.AttemptDuration), Outcome))])
    {
        IsStacked = true,
        Colors = States("done", "failed"),
    };

    private static TimeSeries ErrorsByKind() => new(
        "Errors by kind", "In each step. connection: away, or cut off. timeout: no answer, or cut off by the server. "
            + "conflict: a deadlock that was broken. full: connections, memory or disk. denied: user, password, certificate or right. "
            + "schema: another version, or none.",
        Units.Count,
        [EventBars("{{error_kind}}", OfSilo(DatabaseInstruments.Errors), ErrorKind)])
    {
        IsBars = true,
        IsStacked = true,
    };

    private static TimeSeries ErrorsBySilo() => new(
        "Errors by silo", "In each step. One alone: look at its machine and its network.", Units.Count,
        [EventBars("{{instance}}", OfSilo(DatabaseInstruments.Errors), Metric.Instance)])
    {
        IsBars = true,
        IsStacked = true,
    };

    private static TimeSeries HouseBySilo() => new(
        "Who keeps house", "The term passes on when its holder ends or is not heard.", Units.Count,
        [new("{{instance}}", Now(OfSilo(ClusterInstruments.Housekeeping), Metric.Instance))])
    {
        IsStacked = true,
    };

    /// <summary>Without what belongs to no database, and those that others are made from.</summary>
    private static Selector OfDatabase(Metric metric) => Selector.Of(metric).NoneOf(OtherMetrics.Database, "", "template[01]");

    private static TimeSeries Connections() => new(
        "Connections", "Of all databases of the server, and how many it allows. A silo has at most 8.", Units.Count,
        [
            new("{{datname}}", Now(OfDatabase(OtherMetrics.BackendCount), OtherMetrics.Database)),
            new("allowed", Now(Selector.Of(OtherMetrics.MostConnections))),
        ]);

    private static TimeSeries Transactions() => new(
        "Transactions a second", "By database.", Units.OperationsPerSecond,
        [
            new("{{datname}} committed", Rate(OfDatabase(OtherMetrics.Commits), OtherMetrics.Database)),
            new("{{datname}} rolled back", Rate(OfDatabase(OtherMetrics.Rollbacks), OtherMetrics.Database)),
        ]);

    private static TimeSeries Deadlocks() => new(
        "Deadlocks", "In each step; silos repeat the turn.", Units.Count,
        [EventBars("{{datname}}", OfDatabase(OtherMetrics.Deadlocks), OtherMetrics.Database)])
    {
        IsBars = true,
    };

    private static TimeSeries Size() => new(
        "Size", "Grows with lanes and chunks that wait, never with points; if it grows steadily, autovacuum does not keep up.", Units.Bytes,
        [new("{{datname}}", Now(OfDatabase(OtherMetrics.DatabaseSize), OtherMetrics.Database))]);
}
