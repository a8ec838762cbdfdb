using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Disk;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Tests.Hosts.Local;

namespace Sweeps.Grains.Tests.Datasets.Shared;

/// <summary>Workers that were stopped while the dataset went on without them.</summary>
public sealed class LateWorkerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_part_that_comes_after_an_extension_does_not_get_into_the_new_folders(bool isStaged)
    {
        using var scratch = new ClusterScratch();
        scratch.Prepare();
        scratch.Work(ClusterScratch.Small, 1, 0, 2);
        using var late = scratch.Open(ClusterScratch.Small);
        using var part = ClusterScratch.Compute(late, 1, 2);
        if (isStaged) part.Stage();
        scratch.Extend(5);
        string[] before = scratch.Files("points", "curves", "failures", "_staging");
        Assert.Throws<DatasetMovedException>(() =>
        {
            part.Stage();
            part.Place();
        });
        part.Dispose();
        Assert.Equal(before, scratch.Files("points", "curves", "failures", "_staging"));
        Assert.Empty(scratch.Files("_staging"));
    }

    [Fact]
    public void A_part_that_comes_after_a_merge_does_not_get_into_the_new_folders()
    {
        using var scratch = new ClusterScratch();
        scratch.Prepare();
        using var late = scratch.Open(ClusterScratch.Small);
        using var part = ClusterScratch.Compute(late, 1, 2);
        scratch.Work(ClusterScratch.Small, 3);
        scratch.Finish(ClusterScratch.Small, ClusterScratch.SmallRows, 5);
        string[] before = scratch.Files("points", "curves", "failures");
        Assert.Throws<DatasetMovedException>(part.Commit);
        Assert.Equal(before, scratch.Files("points", "curves", "failures"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_worker_stopped_at_any_step_of_its_placing_leaves_an_extended_sweep_alone(bool exchanges)
    {
        string expected = await SweepScratch.Undisturbed(SweepScratch.Large, ClusterScratch.Failing);
        var embedding = GridEmbedding.Between(new PointGrid(ClusterScratch.SmallSpec), new PointGrid(ClusterScratch.LargeSpec))!;
        EachStopOfAWorker(6, scratch =>
        {
            scratch.Extend(5, new FaultyDisk { Exchanges = exchanges });
            scratch.Work(ClusterScratch.Large, 9);
        }, scratch =>
        {
            scratch.Finish(ClusterScratch.Large, ClusterScratch.LargeRows, 8, new FaultyDisk { Exchanges = exchanges });
            Assert.Equal(expected, scratch.Digest());
            Assert.Equal(embedding.Map(9), Assert.Single(scratch.Status().Failures).Point);
            Assert.Empty(scratch.Files("_staging"));
        });
    }

    [Fact]
    public void A_worker_stopped_at_any_step_of_its_placing_and_a_chunk_given_up_agree_on_its_rows() => EachStopOfAWorker(6, scratch =>
        scratch.Finish(ClusterScratch.Small, 13, 5, null, new QuarantinedChunk(1, "killed")), AssertAgreed);

    [Fact]
    public void A_worker_that_places_a_chunk_at_any_step_of_its_being_given_up_agrees_on_its_rows()
    {
        bool stopped = true;
        int kept = 0;
        for (int stopAt = 1; stopped; stopAt++)
        {
            stopped = false;
            using var scratch = new ClusterScratch();
            scratch.Prepare();
            scratch.Work(ClusterScratch.Small, 1, 0, 2, 3);
            using var late = scratch.Open(ClusterScratch.Small);
            using var part = ClusterScratch.Compute(late, 1, 2);
            part.Stage();
            var disk = new FaultyDisk();
            disk.BeforeStep = step =>
            {
                if (step != stopAt) return;
                stopped = true;
                ClusterScratch.Overtaken(part.Place);
            };
            QuarantinedChunk given = new(1, "killed");
            scratch.Finish(ClusterScratch.Small, 13, 5, disk, given);
            late.Dispose();
            AssertAgreed(scratch);
            if (scratch.Status().PointsDone == 17) kept++;
        }
        Assert.InRange(kept, 5, 40);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Failures_of_a_chunk_given_up_are_kept_by_an_extension(bool exchanges)
    {
        using var scratch = new ClusterScratch();
        scratch.Prepare();
        scratch.Work(ClusterScratch.Small, 1, 0, 2, 3);
        QuarantinedChunk given = new(1, "lone \ud800 surrogate " + new string('x', 5000));
        scratch.Finish(ClusterScratch.Small, 13, 5, new FaultyDisk { Exchanges = exchanges }, given);
        Assert.Equal(exchanges, scratch.Status().IsMerged);
        var holdings = scratch.Extend(6, new FaultyDisk { Exchanges = exchanges });
        Assert.Equal((13L, 5L), (holdings.PointsDone, holdings.PointsFailed));
        Assert.All(scratch.Status().Failures, failed => Assert.Equal(("Quarantined", 1000), (failed.Error, failed.Cause.Length)));
    }

    private static void AssertAgreed(ClusterScratch scratch)
    {
        var status = scratch.Status();
        Assert.True(status.IsComplete && status.IsMerged);
        Assert.Contains(status.PointsDone, new long[] { 13, 17 });
        Assert.Equal(18, status.PointsDone + status.PointsFailed);
        using (var reader = DatasetReader.Open(scratch.Folder.Root, [ClusterScratch.Failing]))
            Assert.Equal((status.PointsDone, status.PointsDone * 6), (reader.PointCount, reader.CurveRowCount));
        Assert.Equal(status.PointsFailed, status.Failures.Select(failed => failed.Point).Distinct().Count());
        var opening = new LocalSweepOpener(LocalDisk.Instance, [ClusterScratch.Failing], TimeProvider.System).Open(scratch.Folder.Root, null, default);
        Assert.Null((opening as LocalSweepOpening.Refused)?.Sentences[0]);
        var opened = Assert.IsType<LocalSweepOpening.Opened>(opening);
        Assert.Equal(OpeningKind.AlreadyComplete, opened.Kind);
        opened.Sweep.Dispose();
    }

    // A worker of the small sweep is stopped before each step that places chunk 1, the one that has a failure; the others are done.
    private static void EachStopOfAWorker(int atLeast, Action<ClusterScratch> meanwhile, Action<ClusterScratch> check)
    {
        bool stopped = true;
        int stopAt = 1;
        for (; stopped; stopAt++)
        {
            stopped = false;
            using var scratch = new ClusterScratch();
            scratch.Prepare();
            scratch.Work(ClusterScratch.Small, 1, 0, 2, 3);
            var disk = new FaultyDisk();
            using var late = scratch.Open(ClusterScratch.Small, disk);
            using var part = ClusterScratch.Compute(late, 1, 2);
            part.Stage();
            int first = disk.Steps;
            disk.BeforeStep = step =>
            {
                if (step != first + stopAt) return;
                stopped = true;
                meanwhile(scratch);
            };
            ClusterScratch.Overtaken(part.Place);
            if (!stopped) break;
            late.Dispose();
            check(scratch);
        }
        Assert.InRange(stopAt, atLeast, 100);
    }
}
