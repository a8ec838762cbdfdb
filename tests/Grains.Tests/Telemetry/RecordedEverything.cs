using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Grains.Tests.Telemetry;

/// <summary>Every figure recorded at least once.</summary>
internal sealed class RecordedEverything : IDisposable
{
    private readonly List<IDisposable> watched = [];

    public RecordedEverything(TimeProvider time) => Metrics = new(time);

    public SweepsMetrics Metrics { get; }

    public static ClusterReading Reading { get; } = new(
        [
            new("drift-17", 100, new LedgerProgress(LedgerPhase.Running, 10, 4, 2, 3, 1, 40, 12), 2, TimeSpan.FromSeconds(90)) { FailureBudget = 5 },
            new("other-18", 7, new LedgerProgress(LedgerPhase.Paused, 1, 0, 0, 1, 0, 0, 0), 0, null),
            new("spent-19", 7, new LedgerProgress(LedgerPhase.FailedBudget, 1, 0, 0, 1, 0, 0, 7), 0, null) { FailureBudget = 1 },
        ],
        SiloReading.Of(
        [
            Silo("a", "working", "drift-17", null), Silo("b", "draining", "drift-17"), Silo("c", "lost", "drift-17"),
        ]));

    /// <summary>To be called once somebody listens; again, and counters go on.</summary>
    public RecordedEverything Record()
    {
        watched.ForEach(one => one.Dispose());
        watched.Clear();
        var work = Metrics.Chunks.Work("drift-17", "gaussian-mixture", ["t_speciation", "t_collapse"]);
        work.ChunkTaken(hasFailedBefore: true);
        work.PointsFinished("cpu", 5, 2);
        work.Deviates(1, -2.5);
        work.ChunkStaged("cpu", TimeSpan.FromSeconds(3));
        work.ChunkPublished(TimeSpan.FromMilliseconds(20));
        work.ChunkSettled("cpu");
        foreach (var reason in Enum.GetValues<DropReason>()) work.ChunkDropped(reason);
        Metrics.Chunks.ChunkQuarantined("drift-17");
        var lane = new LaneLabels(0, "cpu");
        foreach (var call in Enum.GetValues<LeaseCall>()) Metrics.Leases.Answered(call, TimeSpan.FromMilliseconds(2));
        Metrics.Leases.Expired("drift-17", 3);
        Metrics.Lanes.Computed(lane, TimeSpan.FromSeconds(6));
        Metrics.Lanes.Worked(lane, TimeSpan.FromSeconds(2), threads: 4);
        foreach (var table in Enum.GetValues<DatasetTable>()) Metrics.Datasets.Placed("drift-17", table, 7, 1234);
        foreach (var outcome in Enum.GetValues<JobOutcome>())
            Metrics.Datasets.JobEnded(DatasetJobKind.Finish, outcome, TimeSpan.FromSeconds(1));
        Metrics.Datasets.DataFailed();
        foreach (var kind in Enum.GetValues<DatabaseErrorKind>()) Metrics.Database.Failed(kind, TimeSpan.FromSeconds(1));
        Metrics.Database.Answered(TimeSpan.FromMilliseconds(1));
        Metrics.Cluster.Read(Reading);
        watched.AddRange(
        [
            work,
            Metrics.Leases.Watch(lane, () => new(3, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(4))),
            .. Enum.GetValues<LaneState>().Select(state => Metrics.Lanes.Watch(new((int)state, "cpu"), () => state)),
            Metrics.Datasets.WatchFree(() => 1L << 40),
            Metrics.Lanes.WatchMemory(lane, () => 1 << 20, 1L << 30),
        ]);
        return this;
    }

    public void Dispose()
    {
        watched.ForEach(one => one.Dispose());
        Metrics.Dispose();
    }

    private static ServerSilo Silo(string name, string state, params string?[] sweeps) => new(
        name, "0.1.0", "/data", state, default, default,
        [.. sweeps.Select((sweep, lane) => new ServerLane($"{name}/{lane}", "8 threads", sweep, null))]);
}
