using Npgsql;
using OpenTelemetry.Resources;
using Sweeps.Grains.Telemetry.Exposition;
using Sweeps.Grains.Telemetry.Recording;
using Sweeps.Grains.Tests.Telemetry.Exposition;
using Sweeps.Grains.Tests.Workers;

namespace Sweeps.Grains.Tests.Telemetry;

/// <summary>What becomes of what is recorded.</summary>
public class RecordingTests
{
    private static readonly string[] Quantities = ["t_speciation", "t_collapse"];

    [Fact]
    public async Task The_worst_deviation_is_the_largest_of_all_lanes_whatever_its_sign_and_ends_with_the_work()
    {
        using var metrics = new SweepsMetrics(TimeProvider.System);
        using var exposition = new MetricsExposition(metrics, Resource.Empty, withRuntime: false);
        using (SweepWork one = metrics.Chunks.Work("a-1", "gaussian-mixture", Quantities),
            other = metrics.Chunks.Work("a-1", "gaussian-mixture", Quantities))
        {
            one.Deviates(0, 2);
            one.Deviates(0, -3.5);
            other.Deviates(0, 3);
            other.Deviates(1, double.NaN);
            var page = await ParsedPage.OfAsync(exposition);
            Assert.Equal(3.5, page.Value("sweeps_point_deviation_worst", ("sweep", "a-1"), ("quantity", "t_speciation")));
            Assert.Single(page.Series("sweeps_point_deviation_worst"));
            Assert.Equal(3, page.Value("sweeps_point_deviation_count", ("experiment", "gaussian-mixture"), ("quantity", "t_speciation")));
        }
        Assert.Empty((await ParsedPage.OfAsync(exposition)).Series("sweeps_point_deviation_worst"));
    }

    [Fact]
    public async Task The_worst_of_deviations_from_many_threads_is_none_of_the_others()
    {
        using var metrics = new SweepsMetrics(TimeProvider.System);
        using var exposition = new MetricsExposition(metrics, Resource.Empty, withRuntime: false);
        using var work = metrics.Chunks.Work("a-1", "gaussian-mixture", Quantities);
        Parallel.For(0, 10_000, i => work.Deviates(i % 2, i));
        var page = await ParsedPage.OfAsync(exposition);
        Assert.Equal(9998, page.Value("sweeps_point_deviation_worst", ("sweep", "a-1"), ("quantity", "t_speciation")));
        Assert.Equal(9999, page.Value("sweeps_point_deviation_worst", ("sweep", "a-1"), ("quantity", "t_collapse")));
    }

    [Fact]
    public async Task The_cluster_is_told_by_who_keeps_house_and_not_when_that_was_long_ago()
    {
        var time = new ManualTime();
        using var metrics = new SweepsMetrics(time);
        using var exposition = new MetricsExposition(metrics, Resource.Empty, withRuntime: false);
        Assert.Equal(0, (await ParsedPage.OfAsync(exposition)).Value("sweeps_housekeeping_term"));

        metrics.Cluster.Read(RecordedEverything.Reading);
        var page = await ParsedPage.OfAsync(exposition);
        Assert.Equal(1, page.Value("sweeps_housekeeping_term"));
        Assert.Equal(48, page.Value("sweeps_points", ("sweep", "drift-17"), ("state", "open")));
        Assert.Equal(40, page.Value("sweeps_points", ("sweep", "drift-17"), ("state", "done")));
        Assert.Equal(12, page.Value("sweeps_points", ("sweep", "drift-17"), ("state", "failed")));
        Assert.Equal(10, page.Series("sweeps_chunks").Where(one => one.Labels["sweep"] == "drift-17").Sum(one => one.Value));
        Assert.Equal(1, page.Value("sweeps_sweep_phase", ("sweep", "other-18"), ("state", "paused")));
        Assert.Equal(1, page.Series("sweeps_sweep_phase").Where(one => one.Labels["sweep"] == "other-18").Sum(one => one.Value));
        Assert.Equal(90, page.Value("sweeps_sweep_remaining_seconds", ("sweep", "drift-17")));
        Assert.Single(page.Series("sweeps_sweep_remaining_seconds"));
        Assert.Equal(1, page.Value("sweeps_silos", ("state", "draining")));
        Assert.Equal(2, page.Value("sweeps_lanes", ("state", "working")));
        Assert.Equal(1, page.Value("sweeps_lanes", ("state", "idle")));

        time.Advance(ClusterMetrics.FreshFor);
        page = await ParsedPage.OfAsync(exposition);
        Assert.Empty(page.Series("sweeps_points"));
        Assert.Equal(0, page.Value("sweeps_housekeeping_term"));

        metrics.Cluster.Read(RecordedEverything.Reading with { Sweeps = [RecordedEverything.Reading.Sweeps[1]] });
        page = await ParsedPage.OfAsync(exposition);
        Assert.All(page.Series("sweeps_points"), one => Assert.Equal("other-18", one.Labels["sweep"]));
        metrics.Cluster.Forget();
        Assert.Empty((await ParsedPage.OfAsync(exposition)).Series("sweeps_silos"));
    }

    [Fact]
    public async Task A_thousand_sweeps_that_come_and_go_leave_room_for_the_next()
    {
        using var metrics = new SweepsMetrics(TimeProvider.System);
        using var exposition = new MetricsExposition(metrics, Resource.Empty, withRuntime: false);
        for (int day = 0; day < 50; day++)
        {
            SweepReading[] sweeps =
                [.. Enumerable.Range(20 * day, 20).Select(number => RecordedEverything.Reading.Sweeps[0] with { Sweep = $"s-{number}" })];
            metrics.Cluster.Read(new([.. sweeps], null));
            var told = (await ParsedPage.OfAsync(exposition)).Series("sweeps_chunks");
            Assert.Equal(80, told.Count);
            Assert.Equal(sweeps.Select(sweep => sweep.Sweep).ToHashSet(), told.Select(one => one.Labels["sweep"]).ToHashSet());
        }
    }

    [Fact]
    public void Recording_allocates_nothing_whether_or_not_somebody_listens()
    {
        using var metrics = new SweepsMetrics(TimeProvider.System);
        using var work = metrics.Chunks.Work("a-1", "gaussian-mixture", Quantities);
        var lane = new LaneLabels(0, "cpu");
        Assert.Equal(0, Allocated());
        using var exposition = new MetricsExposition(metrics, Resource.Empty, withRuntime: false);
        Assert.Equal(0, Allocated());

        long Allocated()
        {
            RecordAll();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) RecordAll();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        void RecordAll()
        {
            work.ChunkTaken(true);
            work.PointsFinished("cpu", 5, 1);
            work.Deviates(0, 1.5);
            work.ChunkStaged("cpu", TimeSpan.FromSeconds(1));
            work.ChunkPublished(TimeSpan.FromSeconds(1));
            work.ChunkSettled("cpu");
            work.ChunkDropped(DropReason.HandedBack);
            metrics.Leases.Answered(LeaseCall.Claim, TimeSpan.FromSeconds(1));
            metrics.Lanes.Computed(lane, TimeSpan.FromSeconds(1));
            metrics.Lanes.Worked(lane, TimeSpan.FromSeconds(1), 8);
            metrics.Datasets.Placed("a-1", DatasetTable.Points, 1, 2);
            metrics.Database.Answered(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void A_failure_of_the_database_is_told_by_its_kind()
    {
        Assert.Equal(DatabaseErrorKind.Connection, DatabaseErrorKinds.Of(Server("57P01")));
        Assert.Equal(DatabaseErrorKind.Timeout, DatabaseErrorKinds.Of(Server("57014")));
        Assert.Equal(DatabaseErrorKind.Conflict, DatabaseErrorKinds.Of(Server("40P01")));
        Assert.Equal(DatabaseErrorKind.Full, DatabaseErrorKinds.Of(Server("53300")));
        Assert.Equal(DatabaseErrorKind.Denied, DatabaseErrorKinds.Of(Server("28P01")));
        Assert.Equal(DatabaseErrorKind.Schema, DatabaseErrorKinds.Of(Server("42P01")));
        Assert.Equal(DatabaseErrorKind.Other, DatabaseErrorKinds.Of(Server("23505")));
        Assert.Equal(DatabaseErrorKind.Timeout, DatabaseErrorKinds.Of(new NpgsqlException("slow", new TimeoutException())));
        Assert.Equal(DatabaseErrorKind.Connection, DatabaseErrorKinds.Of(new NpgsqlException("gone", new IOException())));

        static PostgresException Server(string state) => new("it failed", "ERROR", "ERROR", state);
    }
}
