using Sweeps.Grafana.Panels;
using Sweeps.Grafana.Queries;
using Sweeps.Grains.Telemetry.Declarations;
using static Sweeps.Grafana.Dashboards.Common;
using static Sweeps.Grafana.Queries.Promql;
using static Sweeps.Grains.Telemetry.Declarations.MetricLabels;

namespace Sweeps.Grafana.Dashboards;

/// <summary>One sweep: how far, how fast, until when, and what is wrong.</summary>
internal static class SweepDashboard
{
    private static Query PointsNow { get; } = Sum(Now(Of(ClusterInstruments.Points), State));

    public static Dashboard Dashboard { get; } = new(
        Catalogue.SweepUid, "Sweeps / Sweep", "One sweep: how far, how fast, until when, and what is wrong.",
        [Variable.DataSource(), Variable.Cluster(), Variable.Sweep(), Variable.Silo()],
        [
            new(null,
            [
                new(5, [Progress(), Phase(), TimeLeft(), End(), Speed()]),
                new(4, [FailedPoints(), Quarantined(), WorstDeviation(), NotSettled(), LanesNow()]),
            ]),
            new("How it goes on", [new(8, [PointsByState(), PointsBySecond()]), new(8, [ChunksByState(), Settled(), LanesOverTime()])]),
            new("What is wrong",
            [
                new(8, [DropsByReason(), RetriesAndExpiries()]),
                new(8, [DeviationByQuantity(), ShareBeyond()]),
                new(8, [FailuresAndBudget()]),
            ]),
            new("Chunks of all sweeps on the silos chosen (their durations are told by experiment)",
            [
                new(8, [Durations(), DurationsOverTime()]),
                new(8, [Publications(), RowsWritten(), BytesWritten()]),
            ]),
        ]);

    /// <summary>Of this sweep; and what each silo tells of its own, of those chosen.</summary>
    private static Selector Of(InstrumentDeclaration declared) =>
        (declared.Of is FactOf.Cluster ? Selector.Of(declared) : OfSilo(declared)).Where(Sweep, "$sweep");

    private static Gauge Progress() => new(
        "Finished", "Points that are done or have failed, of all points of the grid. The last figure of the time shown.", Units.Share,
        [new("finished", Sum(Now(Of(ClusterInstruments.Points).OneOf(State, "done", "failed"), State)) / PointsNow)])
    {
        Range = (0, 1),
        Lowest = "blue",
        Thresholds = [new(1, "green")],
        Width = 6,
    };

    private static Stat Phase() => new(
        "Phase", "Only sweeps that go on are reported: nothing here means that this one has ended, or that no silo keeps house.",
        Units.Count, [new("{{state}}", Now(Of(ClusterInstruments.Phase), State)) { IsInstant = true }])
    {
        ShowsNames = true,
        Colors = States("running", "paused", "failed_budget", "cancelled", "completed"),
        WhenNothing = "not reported",
        Width = 4,
    };

    private static Stat TimeLeft() => new(
        "Time left", "As the cluster predicts it from its rate of late.", Units.Seconds,
        [new("left", Now(Of(ClusterInstruments.Remaining))) { IsInstant = true }])
    {
        WhenNothing = "no rate",
        Decimals = 1,
        Width = 4,
    };

    private static Stat End() => new(
        "Ends at", "Now and the time left.", Units.Moment, [new("end", Moment(Now(Of(ClusterInstruments.Remaining)))) { IsInstant = true }])
    {
        WhenNothing = "no rate",
        Width = 5,
    };

    private static Stat Speed() => new(
        "Points per second", "Measured and failed, by the silos chosen.", Units.Count,
        [new("points/s", Rate(Of(ChunkInstruments.PointsFinished)))])
    {
        WhenNothing = "none",
        Width = 5,
    };

    private static Stat FailedPoints() => new(
        "Failed points", "Beyond the budget of failures nothing more is granted until somebody resumes the sweep. Causes are in failures/.",
        Units.Count, [new("failed", Now(Of(ClusterInstruments.Points).Where(State, "failed")))])
    {
        Thresholds = AnyIsBad,
        Width = 5,
    };

    private static TimeSeries FailuresAndBudget() => new(
        "Failed points and how many may fail", "Beyond the budget nothing more is granted.", Units.Count,
        [
            new("failed", Now(Of(ClusterInstruments.Points).Where(State, "failed"))),
            new("may fail", Now(Of(ClusterInstruments.FailureBudget))),
        ]);

    private static Stat Quarantined() => new(
        "Quarantined chunks", "Given up for good; their points have failed.", Units.Count,
        [new("quarantined", Now(Of(ClusterInstruments.Chunks).Where(State, "quarantined")))])
    {
        Thresholds = AnyIsBad,
        Width = 5,
    };

    private static Stat WorstDeviation() => new(
        "Worst |z|", "In standard errors. By chance alone 12 of 10⁷ values lie beyond 6, and 5 of 10⁹ beyond 8.",
        Units.Count, [new("worst", Now(Of(ChunkInstruments.WorstDeviation)))])
    {
        Thresholds = Deviation,
        Decimals = 2,
        WhenNothing = "no closed form",
        Width = 5,
    };

    private static Stat NotSettled() => new(
        "Chunks taken in vain", "In the time shown, as those silos tell that are chosen and still there: leases that expired, and chunks "
            + "that lanes dropped for a fault. Others take them: it costs time, and no rows.", Units.Count,
        [
            new("expired", Events(Of(LeaseInstruments.Expired), TimeShown)) { IsInstant = true },
            new("dropped", Events(Of(ChunkInstruments.Dropped).NoneOf(Reason, "handed_back", "lease_lost"), TimeShown)) { IsInstant = true },
        ])
    {
        Thresholds = AnyIsUnusual,
        WhenNothing = "none",
        Width = 5,
    };

    private static Stat LanesNow() => new(
        "Lanes", "Lanes that hold chunks of this sweep.", Units.Count, [new("lanes", Now(Of(ClusterInstruments.SweepLanes)))])
    {
        Width = 4,
    };

    private static TimeSeries PointsByState() => new(
        "Points", "How the grid fills.", Units.Count, [new("{{state}}", Now(Of(ClusterInstruments.Points), State))])
    {
        IsStacked = true,
        Colors = States("open", "done", "failed"),
    };

    private static TimeSeries PointsBySecond() => new(
        "Points per second by kind of device", "Measured and failed, by the silos chosen.", Units.Count,
        [new("{{device_kind}} {{outcome}}", Rate(Of(ChunkInstruments.PointsFinished), DeviceKind, Outcome))])
    {
        IsStacked = true,
    };

    private static TimeSeries ChunksByState() => new(
        "Chunks", "Where the sweep's chunks stand, and how many silos have settled.", Units.Count,
        [new("{{state}}", Now(Of(ClusterInstruments.Chunks), State))])
    {
        IsStacked = true,
        Colors = States("waiting", "leased", "settled", "quarantined"),
    };

    private static TimeSeries Settled() => new(
        "Chunks settled", "How many in each step, by kind of device.", Units.Count,
        [EventBars("{{device_kind}}", Of(ChunkInstruments.Settled), DeviceKind)])
    {
        IsBars = true,
        IsStacked = true,
    };

    private static TimeSeries LanesOverTime() => new(
        "Lanes over time", "Those that hold chunks of this sweep.", Units.Count, [new("lanes", Now(Of(ClusterInstruments.SweepLanes)))]);

    private static TimeSeries DropsByReason() => new(
        "Chunks taken and not settled", "How many in each step, and why, as lanes say. Handed back: the silo was told to end, or another sweep "
            + "is more urgent.", Units.Count,
        [EventBars("{{reason}}", Of(ChunkInstruments.Dropped), Reason)])
    {
        IsBars = true,
        IsStacked = true,
    };

    private static TimeSeries RetriesAndExpiries() => new(
        "Retries, expiries, quarantines", "How many in each step. A lease expires when its worker is gone or hangs; a chunk that failed is "
            + "retried, and the third time quarantined.", Units.Count,
        [
            EventBars("retried", Of(ChunkInstruments.Retried)), EventBars("expired", Of(LeaseInstruments.Expired)),
            EventBars("quarantined", Of(ChunkInstruments.Quarantined)),
        ])
    {
        IsBars = true,
    };

    private static Gauge DeviationByQuantity() => new(
        "Worst |z| by quantity", "In standard errors, of what those silos measured that are chosen and work on it now.", Units.Count,
        [new("{{quantity}}", Now(Of(ChunkInstruments.WorstDeviation), Quantity))])
    {
        IsBars = true,
        Thresholds = Deviation,
        Range = (0, 10),
        Decimals = 2,
        WhenNothing = "no closed form",
    };

    private static TimeSeries ShareBeyond() => new(
        "Beyond three standard errors, all sweeps", "Part of the measured values; 0.53 % by chance. More of it, steadily, and the "
            + "errors or the theory are wrong.", Units.Share,
        [new("{{experiment}} {{quantity}}",
            ShareAbove(3, OfSilo(ChunkInstruments.Deviation), "$__rate_interval", Experiment, Quantity))])
    {
        Thresholds = [new(0.0053, "orange")],
    };

    private static Heatmap Durations() => new(
        "Chunk durations", "Chunks are cut to five seconds of one core.", Units.Seconds, OfSilo(ChunkInstruments.Duration));

    private static TimeSeries DurationsOverTime() => new(
        "Chunk durations by experiment and kind of device", "Half of the chunks took less than p50, one in a hundred more than p99.",
        Units.Seconds, Quantiles(OfSilo(ChunkInstruments.Duration), "{{experiment}} {{device_kind}}", Experiment, DeviceKind))
    {
        IsLogarithmic = true,
    };

    private static TimeSeries Publications() => new(
        "Publication of a chunk", "Slow: the shared file system, or the database that confirms the lease.", Units.Seconds,
        Quantiles(OfSilo(ChunkInstruments.Publication), "{{experiment}}", Experiment))
    {
        IsLogarithmic = true,
    };

    private static TimeSeries RowsWritten() => new(
        "Rows per second", "Of this sweep's part files, by table.", Units.Count,
        [new("{{table}}", Rate(Of(DatasetInstruments.Rows), MetricLabels.Table))]);

    private static TimeSeries BytesWritten() => new(
        "Bytes per second", "Of this sweep's part files, by table.", Units.BytesPerSecond,
        [new("{{table}}", Rate(Of(DatasetInstruments.Written), MetricLabels.Table))]);
}
