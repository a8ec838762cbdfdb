using Sweeps.Grafana.Panels;
using Sweeps.Grafana.Queries;
using Sweeps.Grains.Telemetry.Declarations;
using static Sweeps.Grafana.Dashboards.Common;
using static Sweeps.Grafana.Queries.Promql;
using static Sweeps.Grains.Telemetry.Declarations.MetricLabels;

namespace Sweeps.Grafana.Dashboards;

/// <summary>All silos: who is there, who works, who is slow.</summary>
internal static class FleetDashboard
{
    private static readonly (string, string) ToDevices =
        ("Devices of ${__field.labels.instance}", Catalogue.Url(Catalogue.DeviceUid, "silo", "${__field.labels.instance}"));

    public static Dashboard Dashboard { get; } = new(
        Catalogue.FleetUid, "Sweeps / Fleet", "All silos: who is there, who works, what they wait for.",
        [Variable.DataSource(), Variable.Cluster(), Variable.Silo()],
        [
            new(null,
            [
                new(5, [Silos(), Lanes(), Retired(), Speed(), Busyness(), Errors()]),
                new(7, [SweepTable()]),
            ]),
            new("Silos", [new(8, [SpeedBySilo(), BusynessBySilo()]), new(8, [LanesByState(), SiloTable()])]),
            new("Leases", [new(8, [Silence(), Ages(), Held()]), new(8, [Drops(), Expired()])]),
            new("Database and file system, as silos see them",
            [
                new(8, [CallDuration(), ErrorsByKind()]),
                new(8, [Jobs(), JobOutcomes(), Written()]),
                new(8, [DataErrors(), DataFree()]),
            ]),
        ]);

    private static Stat Silos() => new(
        "Silos", "Registered with the database. A silo that was not heard for a while is lost, and others take its chunks.", Units.Count,
        [new("{{state}}", Now(Selector.Of(ClusterInstruments.Silos), State))])
    {
        Colors = States("working", "draining", "lost"),
        Width = 5,
        WhenNothing = "not reported",
    };

    private static Stat Lanes() => new(
        "Lanes", "Of silos that are not lost. Idle: there is nothing to do, or other lanes hold it.", Units.Count,
        [new("{{state}}", Now(Selector.Of(ClusterInstruments.Lanes), State))])
    {
        Colors = States("working", "idle"),
        Width = 4,
        WhenNothing = "not reported",
    };

    private static Stat Retired() => new(
        "Retired lanes", "Their device was lost twice.", Units.Count,
        [new("retired", OrZero(Now(OfSilo(LaneInstruments.Lanes).Where(State, "retired")), Now(OfSilo(LaneInstruments.Lanes))))])
    {
        Thresholds = AnyIsUnusual,
        Width = 3,
    };

    private static Stat Speed() => new(
        "Points per second", "Of all sweeps, by the silos chosen.", Units.Count,
        [new("points/s", Rate(OfSilo(ChunkInstruments.PointsFinished)))])
    {
        WhenNothing = "none",
        Width = 4,
    };

    private static Gauge Busyness() => new(
        "Kernel share",
        "Part of the time of working lanes' threads that was spent computing. Low: they wait for files, the database or one another.",
        Units.Share, [new("computing", KernelShare(OfSilo))])
    {
        Range = (0, 1),
        Lowest = "red",
        Thresholds = Busy,
        Width = 4,
    };

    private static Stat Errors() => new(
        "Database errors", "Attempts that failed in the time shown, those repeated with success included.", Units.Count,
        [new("errors", Events(OfSilo(DatabaseInstruments.Errors), TimeShown)) { IsInstant = true }])
    {
        Thresholds = AnyIsUnusual,
        WhenNothing = "none",
        Width = 4,
    };

    private static Table SweepTable() => new(
        "Sweeps that go on", "A click on a name leads to the sweep.", Sweep, "Sweep",
        [
            new("Phase", Now(Selector.Of(ClusterInstruments.Phase), Sweep, State), Units.Count) { Shows = State },
            new("Done", Now(Selector.Of(ClusterInstruments.Points).Where(State, "done"), Sweep), Units.Count),
            new("Failed", Now(Selector.Of(ClusterInstruments.Points).Where(State, "failed"), Sweep), Units.Count),
            new("Open", Now(Selector.Of(ClusterInstruments.Points).Where(State, "open"), Sweep), Units.Count),
            new("Quarantined chunks", Now(Selector.Of(ClusterInstruments.Chunks).Where(State, "quarantined"), Sweep), Units.Count),
            new("Lanes", Now(Selector.Of(ClusterInstruments.SweepLanes), Sweep), Units.Count),
            // Silos tell of a sweep after its end, too.
            new("Points per second", Rate(Selector.Of(ChunkInstruments.PointsFinished), Sweep)
                .Among(Now(Selector.Of(ClusterInstruments.Phase), Sweep)), Units.Count),
            new("Time left", Now(Selector.Of(ClusterInstruments.Remaining), Sweep), Units.Seconds),
        ])
    {
        KeyLink = ("This sweep", Catalogue.Url(Catalogue.SweepUid, "sweep", "${__value.text}")),
    };

    private static TimeSeries SpeedBySilo() => new(
        "Points per second by silo", "Measured and failed, of all sweeps.", Units.Count,
        [new("{{instance}}", Rate(OfSilo(ChunkInstruments.PointsFinished), Metric.Instance))])
    {
        IsStacked = true,
        Link = ToDevices,
    };

    private static TimeSeries BusynessBySilo() => new(
        "Kernel share by silo", "Part of the time of working lanes' threads that was spent computing.", Units.Share,
        [new("{{instance}}", KernelShare(OfSilo, Metric.Instance))])
    {
        Range = (0, 1),
        Link = ToDevices,
    };

    private static TimeSeries LanesByState() => new(
        "Lanes by state", "As the silos tell of their own: also those that cannot reach the database.", Units.Count,
        [new("{{state}}", Now(OfSilo(LaneInstruments.Lanes), State))])
    {
        IsStacked = true,
        Colors = States("working", "idle", "retired"),
        Width = 8,
    };

    private static Table SiloTable() => new(
        "Silos that Prometheus reaches", "Several versions side by side are normal during an upgrade only. One of them keeps house.",
        Metric.Instance, "Silo",
        [
            new("Version", Now(
                Selector.Of(OtherMetrics.Target).OneOf(Metric.Instance, "$silo"), Metric.Instance, "host_name", "service_version"),
                Units.Count) { Shows = "service_version" },
            new("Lanes", Now(OfSilo(LaneInstruments.Lanes), Metric.Instance), Units.Count),
            new("Memory", Now(Selector.Of(OtherMetrics.WorkingSet).OneOf(Metric.Instance, "$silo"), Metric.Instance), Units.Bytes),
            new("Keeps house", Now(OfSilo(ClusterInstruments.Housekeeping), Metric.Instance), Units.Count),
        ])
    {
        MoreKeys = [("host_name", "Machine")],
        KeyLink = ("Its devices", Catalogue.Url(Catalogue.DeviceUid, "silo", "${__value.text}")),
        Width = 16,
    };

    private static TimeSeries Silence() => new(
        "Longest without a renewal", "Renewals come each third of a lease; when it is over, others take the chunk.", Units.Seconds,
        [new("{{instance}}", Now(OfSilo(LeaseInstruments.Silence), Metric.Instance))])
    {
        Thresholds = LeaseRunsOut,
    };

    private static TimeSeries Ages() => new(
        "Oldest lease", "As old as a chunk takes to compute and to publish, and as it waited for its turn in the lane.", Units.Seconds,
        [new("{{instance}}", Now(OfSilo(LeaseInstruments.Age), Metric.Instance))]);

    private static TimeSeries Held() => new(
        "Leases held", "Chunks in hand: in work, ahead of it, or on their way into place.", Units.Count,
        [new("{{instance}}", Now(OfSilo(LeaseInstruments.Held), Metric.Instance))])
    {
        IsStacked = true,
    };

    private static TimeSeries Drops() => new(
        "Chunks taken and not settled, by reason", "How many in each step, as lanes say. Handed back: the silo was told to end, or another sweep "
            + "is more urgent. Others take them: it costs time, and no rows.", Units.Count,
        [EventBars("{{reason}}", OfSilo(ChunkInstruments.Dropped), Reason)])
    {
        IsBars = true,
        IsStacked = true,
    };

    private static TimeSeries Expired() => new(
        "Leases expired, by sweep", "How many in each step: a worker was gone, or hung.", Units.Count,
        [EventBars("{{sweep}}", Selector.Of(LeaseInstruments.Expired), Sweep)])
    {
        IsBars = true,
        IsStacked = true,
    };

    private static TimeSeries CallDuration() => new(
        "Answers to workers", "Outages that were waited out included. More on the dashboard of the PostgreSQL host.", Units.Seconds,
        Quantiles(OfSilo(LeaseInstruments.CallDuration), ""))
    {
        IsLogarithmic = true,
    };

    private static TimeSeries ErrorsByKind() => new(
        "Database errors by kind", "Failed attempts in each step.", Units.Count,
        [EventBars("{{error_kind}}", OfSilo(DatabaseInstruments.Errors), ErrorKind)])
    {
        IsBars = true,
        IsStacked = true,
    };

    private static TimeSeries Jobs() => new(
        "Work on whole datasets: how long", "One silo at a time prepares, extends or finishes a dataset.", Units.Seconds,
        [new("p95 {{dataset_job}}", Quantile(0.95, OfSilo(DatasetInstruments.JobDuration), Job))])
    {
        IsLogarithmic = true,
    };

    private static TimeSeries JobOutcomes() => new(
        "Work on whole datasets: how it ended", "How often in each step. Lost: another silo has taken it over.", Units.Count,
        [new("{{dataset_job}} {{outcome}}", Observations(OfSilo(DatasetInstruments.JobDuration), EachStep, Job, Outcome))])
    {
        IsBars = true,
        IsStacked = true,
    };

    private static TimeSeries DataErrors() => new(
        "Errors of the data folder, by silo", "How many in each step: away, full, or not to be written. What was in hand is handed back.",
        Units.Count, [EventBars("{{instance}}", OfSilo(DatasetInstruments.DataErrors), Metric.Instance)])
    {
        IsBars = true,
        IsStacked = true,
    };

    private static TimeSeries DataFree() => new(
        "Room in the data folder", "As each silo sees it: all share one folder, and what the least has is what counts.", Units.Bytes,
        [new("{{instance}}", Now(OfSilo(DatasetInstruments.DataFree), Metric.Instance))]);

    private static TimeSeries Written() => new(
        "Part files by silo", "Bytes a second that came into place.", Units.BytesPerSecond,
        [new("{{instance}}", Rate(OfSilo(DatasetInstruments.Written), Metric.Instance))])
    {
        IsStacked = true,
    };
}
