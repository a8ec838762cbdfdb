using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Parquet;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Planning;

namespace Sweeps.Grains.Tests.Datasets.Shared;

public sealed class PartPublicationTests
{
    [Fact]
    public void Two_workers_on_one_chunk_share_no_staged_file_and_leave_one_part()
    {
        using var scratch = new ClusterScratch();
        scratch.Prepare();
        using var one = scratch.Open(ClusterScratch.Small);
        using var other = scratch.Open(ClusterScratch.Small);
        using var first = ClusterScratch.Compute(one, 1, 4);
        using var second = ClusterScratch.Compute(other, 1, 5);
        first.Stage();
        second.Stage();
        Assert.Equal(6, scratch.Files("_staging").Length);
        second.Place();
        DateTime placed = File.GetLastWriteTimeUtc(Path.Combine(scratch.Folder.Failures, "000000000005.jsonl"));
        first.Commit();
        first.Place();
        Assert.Equal(placed, File.GetLastWriteTimeUtc(Path.Combine(scratch.Folder.Failures, "000000000005.jsonl")));
        Assert.Equal(
            ["curves/000000000005.parquet", "failures/000000000005.jsonl", "points/000000000005.parquet"],
            scratch.Files("curves", "failures", "points", "_staging"));
        Assert.Equal(4, scratch.Status().PointsDone);
    }

    [Fact]
    public void Nothing_of_a_part_is_seen_before_it_is_placed_and_a_dropped_one_leaves_nothing()
    {
        using var scratch = new ClusterScratch();
        scratch.Prepare();
        using var sweep = scratch.Open(ClusterScratch.Small);
        using var part = ClusterScratch.Compute(sweep, 1, 4);
        Assert.Throws<InvalidOperationException>(part.Place);
        part.Stage();
        part.Stage();
        Assert.Empty(scratch.Files("points", "curves", "failures"));
        Assert.Equal(3, scratch.Files("_staging").Length);
        part.Dispose();
        Assert.Empty(scratch.Files("points", "curves", "failures", "_staging"));

        var unfinished = ClusterScratch.Compute(sweep, 1, 5);
        Assert.Equal(2, scratch.Files("_staging").Length);
        unfinished.Dispose();
        Assert.Empty(scratch.Files("_staging"));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void What_one_process_has_staged_another_places(int chunk, int failed)
    {
        using var scratch = new ClusterScratch();
        scratch.Prepare();
        long first;
        using (var child = scratch.Open(ClusterScratch.Small))
        using (var part = ClusterScratch.Compute(child, chunk, 4))
        {
            first = child.Plan.ChunkAt(chunk).FirstPoint;
            part.Stage();
            part.LeaveStaged();
        }
        using var parent = scratch.Open(ClusterScratch.Small);
        Assert.Throws<DatasetMovedException>(() => parent.Publication.Adopt(first, 5));
        using (var adopted = parent.Publication.Adopt(first, 4))
        {
            Assert.Equal(failed, adopted.FailedCount);
            adopted.Commit();
        }
        Assert.Empty(scratch.Files("_staging"));
        Assert.Equal((5L - failed, (long)failed), (scratch.Status().PointsDone, scratch.Status().PointsFailed));
        Assert.Throws<DatasetMovedException>(() => parent.Publication.Adopt(first, 4));
    }

    [Fact]
    public void An_adopted_part_that_is_dropped_leaves_nothing()
    {
        using var scratch = new ClusterScratch();
        scratch.Prepare();
        using var sweep = scratch.Open(ClusterScratch.Small);
        using (var part = ClusterScratch.Compute(sweep, 1, 4))
        {
            part.Stage();
            part.LeaveStaged();
        }
        Assert.Equal(3, scratch.Files("_staging").Length);
        sweep.Publication.Adopt(5, 4).Dispose();
        Assert.Empty(scratch.Files("points", "_staging"));
    }

    [Theory]
    [InlineData(1, 4L)]
    [InlineData(2, 4L)]
    [InlineData(2, null)]
    public void A_part_that_a_full_disk_refuses_leaves_no_file_open_or_staged(int file, long? epoch)
    {
        using var scratch = new ClusterScratch();
        scratch.Prepare();
        var disk = new FaultyDisk { BeforeStep = step => _ = step == file ? throw new IOException("no space left on device") : 0 };
        using var publication = new PartPublication(scratch.Folder, ClusterScratch.SmallSpec, new ParquetFormat(threads: 1), disk);
        Assert.Equal("no space left on device", Assert.Throws<IOException>(() => publication.Begin(0, epoch)).Message);
        Assert.Equal(file - 1, disk.Begun.Count);
        Assert.All(disk.Begun, begun => Assert.False(begun.CanWrite));
        Assert.Empty(scratch.Files("_staging"));
    }

    [Fact]
    public void A_file_that_cannot_be_headed_is_neither_left_open_nor_staged()
    {
        using var scratch = new ClusterScratch();
        scratch.Prepare();
        var disk = new FaultyDisk();
        using var publication = new PartPublication(scratch.Folder, ClusterScratch.SmallSpec, new Unheaded(), disk);
        Assert.Throws<IOException>(() => publication.Begin(0, 4));
        Assert.False(Assert.Single(disk.Begun).CanWrite);
        Assert.Empty(scratch.Files("_staging"));
    }

    [Fact]
    public void A_lane_is_told_which_points_an_extension_left_to_compute()
    {
        using var scratch = new ClusterScratch();
        scratch.Prepare();
        scratch.Work(ClusterScratch.Small, 1, 0, 1);
        var holdings = scratch.Extend(3);
        Assert.Equal((9L, 1L), (holdings.PointsDone, holdings.PointsFailed));
        using var sweep = scratch.Open(ClusterScratch.Large);
        var embedding = GridEmbedding.Between(new PointGrid(ClusterScratch.SmallSpec), sweep.Grid)!;
        var kept = Enumerable.Range(0, 10).Select(point => embedding.Map(point)).ToHashSet();
        foreach (var chunk in sweep.Plan.Chunks())
            Assert.Equal(
                Enumerable.Range(0, chunk.Count).Count(i => !kept.Contains(chunk.FirstPoint + i)), sweep.PointsOf(chunk.Number));
    }

    /// <summary>A format whose files cannot be begun.</summary>
    private sealed class Unheaded : ITableFormat
    {
        public ITableWriter Create(Stream output, TableSchema schema, IReadOnlyDictionary<string, string> metadata) =>
            throw new IOException("no space left on device");

        public ITableReader Open(string path) => throw new NotSupportedException();
    }
}
