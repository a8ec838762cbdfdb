using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Tests.Hosts.Local;

namespace Sweeps.Grains.Tests.Datasets.Shared;

/// <summary>A silo is stopped before any of its steps, or dies there; another does the work, and more; then the first one wakes.</summary>
public sealed class InterleavingTests
{
    private static readonly Task<string> SmallDigest = SweepScratch.Undisturbed(SweepScratch.Small, ClusterScratch.Failing);
    private static readonly Task<string> LargeDigest = SweepScratch.Undisturbed(SweepScratch.Large, ClusterScratch.Failing);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_preparation_that_dies_at_any_step_is_done_by_the_next(bool afterTheStep) => EachDeath(10, dieAt =>
    {
        using var scratch = new ClusterScratch();
        var disk = new FaultyDisk(dieAt, afterTheStep);
        ClusterScratch.Overtaken(() => scratch.Prepare(1, disk));
        Assert.Equal(0, scratch.Prepare(2).PointsDone);
        scratch.Work(ClusterScratch.Small, 1);
        Assert.Equal(ClusterScratch.SmallRows, scratch.Prepare(3).PointsDone);
        return disk.Died;
    });

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, true, false)]
    [InlineData(false, false, false)]
    [InlineData(true, false, true)]
    public async Task An_extension_that_dies_at_any_step_is_finished_by_the_next(bool afterTheStep, bool exchanges, bool complete)
    {
        string expected = await LargeDigest;
        EachDeath(15, dieAt =>
        {
            using var scratch = new ClusterScratch();
            long rows = Begin(scratch, complete);
            var disk = new FaultyDisk(dieAt, afterTheStep) { Exchanges = exchanges };
            ClusterScratch.Overtaken(() => scratch.Extend(3, disk));
            var holdings = scratch.Extend(4, new FaultyDisk { Exchanges = exchanges });
            Assert.Equal(rows, holdings.PointsDone);
            Assert.Empty(scratch.Files("_staging"));
            scratch.Work(ClusterScratch.Large, 9);
            scratch.Finish(ClusterScratch.Large, ClusterScratch.LargeRows, 5, new FaultyDisk { Exchanges = exchanges });
            AssertWhole(scratch, expected);
            return disk.Died;
        });
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public async Task An_end_that_dies_at_any_step_is_finished_by_the_next(bool afterTheStep, bool exchanges)
    {
        string expected = await SmallDigest;
        EachDeath(15, dieAt =>
        {
            using var scratch = new ClusterScratch();
            scratch.Prepare();
            scratch.Work(ClusterScratch.Small, 1);
            var disk = new FaultyDisk(dieAt, afterTheStep) { Exchanges = exchanges };
            ClusterScratch.Overtaken(() => scratch.Finish(ClusterScratch.Small, ClusterScratch.SmallRows, 2, disk));
            scratch.Finish(ClusterScratch.Small, ClusterScratch.SmallRows, 3, new FaultyDisk { Exchanges = exchanges });
            AssertWhole(scratch, expected);
            return disk.Died;
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_end_with_a_chunk_given_up_that_dies_at_any_step_is_finished_by_the_next(bool afterTheStep) => EachDeath(15, dieAt =>
    {
        using var scratch = new ClusterScratch();
        scratch.Prepare();
        scratch.Work(ClusterScratch.Small, 1, 0, 2, 3);
        long rows = scratch.Status().PointsDone;
        var disk = new FaultyDisk(dieAt, afterTheStep);
        QuarantinedChunk given = new(1, "killed twice");
        ClusterScratch.Overtaken(() => scratch.Finish(ClusterScratch.Small, rows, 2, disk, given));
        scratch.Finish(ClusterScratch.Small, rows, 3, null, given);
        var status = scratch.Status();
        Assert.Equal((true, rows, 18 - rows), (status.IsComplete, status.PointsDone, status.PointsFailed));
        Assert.Equal(5, status.Failures.Count(failed => failed is { Error: "Quarantined", Cause: "killed twice" }));
        Assert.Empty(scratch.Files("_staging"));
        return disk.Died;
    });

    [Fact]
    public void Two_preparers_side_by_side_make_one_folder() => EachStop(10, (scratch, disk) =>
    {
        ClusterScratch.Overtaken(() => scratch.Prepare(1, disk));
    }, scratch => scratch.Prepare(2), scratch =>
    {
        Assert.Equal(0, scratch.Prepare(9).PointsDone);
        Assert.Empty(scratch.Files("points", "curves", "failures", "_staging"));
    });

    [Fact]
    public async Task A_preparer_that_wakes_after_the_sweep_was_extended_and_finished_changes_nothing()
    {
        string expected = await LargeDigest;
        EachStop(10, (scratch, disk) =>
        {
            ClusterScratch.Overtaken(() => scratch.Silo(disk).Do(new DatasetJob.Prepare(ClusterScratch.Small, 1), CancellationToken.None));
        }, scratch =>
        {
            scratch.Prepare(2);
            scratch.Work(ClusterScratch.Small, 1);
            ExtendAndFinish(scratch, true);
        }, scratch => AssertWhole(scratch, expected, stagingIsEmpty: false));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task An_extender_that_wakes_after_another_has_extended_changes_nothing(bool complete, bool exchanges)
    {
        string expected = await LargeDigest;
        EachStop(15, (scratch, disk) =>
        {
            Begin(scratch, complete);
            ClusterScratch.Overtaken(() => scratch.Extend(3, disk));
        }, scratch => scratch.Extend(4, new FaultyDisk { Exchanges = exchanges }), scratch =>
        {
            scratch.Work(ClusterScratch.Large, 9);
            scratch.Finish(ClusterScratch.Large, ClusterScratch.LargeRows, 8, new FaultyDisk { Exchanges = exchanges });
            AssertWhole(scratch, expected);
        }, exchanges);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task An_extender_that_wakes_after_the_larger_sweep_is_merged_changes_nothing(bool complete, bool exchanges)
    {
        string expected = await LargeDigest;
        EachStop(15, (scratch, disk) =>
        {
            Begin(scratch, complete);
            ClusterScratch.Overtaken(() => scratch.Extend(3, disk));
        }, scratch => ExtendAndFinish(scratch, exchanges), scratch => AssertWhole(scratch, expected), exchanges);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_finishers_interleaved_at_any_step_leave_the_same_rows(bool exchanges)
    {
        string expected = await SmallDigest;
        EachStop(15, (scratch, disk) =>
        {
            scratch.Prepare();
            scratch.Work(ClusterScratch.Small, 1);
            ClusterScratch.Overtaken(() => scratch.Finish(ClusterScratch.Small, ClusterScratch.SmallRows, 2, disk));
        }, scratch => scratch.Finish(ClusterScratch.Small, ClusterScratch.SmallRows, 3, new FaultyDisk { Exchanges = exchanges }),
            scratch => AssertWhole(scratch, expected), exchanges);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_finisher_that_wakes_after_the_sweep_was_extended_changes_nothing(bool exchanges)
    {
        string expected = await LargeDigest;
        EachStop(15, (scratch, disk) =>
        {
            scratch.Prepare();
            scratch.Work(ClusterScratch.Small, 1);
            ClusterScratch.Overtaken(() => scratch.Finish(ClusterScratch.Small, ClusterScratch.SmallRows, 2, disk));
        }, scratch => ExtendAndFinish(scratch, exchanges), scratch => AssertWhole(scratch, expected), exchanges);
    }

    [Fact]
    public void A_reader_sees_no_point_twice_at_any_step_of_extension_and_end()
    {
        using var scratch = new ClusterScratch();
        Begin(scratch, true);
        int looks = 0;
        var disk = new FaultyDisk
        {
            AfterStep = _ =>
            {
                var points = scratch.PlainPoints();
                Assert.True(points.Count >= ClusterScratch.SmallRows);
                Assert.Equal(points.Count, points.Distinct().Count());
                looks++;
            },
        };
        scratch.Extend(3, disk);
        scratch.Work(ClusterScratch.Large, 9);
        scratch.Finish(ClusterScratch.Large, ClusterScratch.LargeRows, 5, disk);
        Assert.True(looks > 60);
    }

    // Prepares the small sweep and computes all of it, or two chunks and half of a third.
    private static long Begin(ClusterScratch scratch, bool complete)
    {
        scratch.Prepare();
        if (complete) scratch.Work(ClusterScratch.Small, 1);
        else scratch.Work(ClusterScratch.Small, 1, 1, 2);
        return scratch.Status().PointsDone;
    }

    private static void ExtendAndFinish(ClusterScratch scratch, bool exchanges)
    {
        scratch.Extend(4, new FaultyDisk { Exchanges = exchanges });
        scratch.Work(ClusterScratch.Large, 9);
        scratch.Finish(ClusterScratch.Large, ClusterScratch.LargeRows, 8, new FaultyDisk { Exchanges = exchanges });
    }

    private static void AssertWhole(ClusterScratch scratch, string digest, bool stagingIsEmpty = true)
    {
        Assert.Equal(digest, scratch.Digest());
        Assert.True(scratch.Status().IsComplete);
        Assert.Empty(ClusterMark.Intents(scratch.Folder));
        Assert.DoesNotContain(Directory.GetFiles(scratch.Folder.Failures), file => File.ReadAllLines(file).Length > 1);
        if (stagingIsEmpty) Assert.Empty(scratch.Files("_staging"));
    }

    private static void EachDeath(int atLeast, Func<int, bool> dies)
    {
        int dieAt = 1;
        while (dies(dieAt)) dieAt++;
        Assert.InRange(dieAt, atLeast, 1000);
    }

    private static void EachStop(
        int atLeast, Action<ClusterScratch, FaultyDisk> first, Action<ClusterScratch> second, Action<ClusterScratch> check, bool exchanges = true)
    {
        for (int stopAt = 1; ; stopAt++)
        {
            bool stopped = false;
            using var scratch = new ClusterScratch();
            var disk = new FaultyDisk { Exchanges = exchanges };
            disk.BeforeStep = step =>
            {
                if (step != stopAt) return;
                stopped = true;
                second(scratch);
            };
            first(scratch, disk);
            if (!stopped)
            {
                Assert.InRange(stopAt, atLeast, 1000);
                return;
            }
            check(scratch);
        }
    }
}
