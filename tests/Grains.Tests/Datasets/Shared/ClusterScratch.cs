using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Disk;
using Sweeps.Grains.Datasets.Parquet;
using Sweeps.Grains.Datasets.Shared;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;
using Sweeps.Grains.Tests.Hosts.Local;
using Sweeps.Grains.Tests.Specs;
using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Tests.Datasets.Shared;

/// <summary>A data folder that silos share, gone at the end, and what they do in it. One point of each spec fails.</summary>
internal sealed class ClusterScratch : IDisposable
{
    public const string Name = "drift-17";

    public static FakeMixture Failing { get; } = SweepScratch.Experiment(keys =>
    {
        if (keys["drift"].AsReal() == 3 && keys["separation"].AsReal() == 2) throw new ArithmeticException("no root");
    });

    private readonly string parent = Directory.Exists("/dev/shm")
        ? Directory.CreateDirectory($"/dev/shm/sweeps-cluster-{Guid.NewGuid():N}").FullName
        : Directory.CreateTempSubdirectory("sweeps-cluster-").FullName;

    public ClusterScratch() => Directory.CreateDirectory(Data);

    public string Data => Path.Combine(parent, "data");

    public string Elsewhere => Directory.CreateDirectory(Path.Combine(parent, "elsewhere")).FullName;

    public DatasetFolder Folder => new(Path.Combine(Data, Name));

    public static SweepSpec SmallSpec { get; } = SweepScratch.Spec(SweepScratch.Small, Failing);

    public static SweepSpec LargeSpec { get; } = SweepScratch.Spec(SweepScratch.Large, Failing);

    public static SweepRecord Small { get; } = Record(SmallSpec, 1);

    public static SweepRecord Large { get; } = Record(LargeSpec, 2);

    /// <summary>Rows of the two specs, one point of each having failed.</summary>
    public const int SmallRows = 17, LargeRows = 31;

    public static SweepRecord Record(SweepSpec spec, int generation) => new(
        17, Name, new Guid("0f0e0d0c-0b0a-0908-0706-050403020100"), generation, spec.ToJson(), spec.Hash,
        new ChunkPlan(new PointGrid(spec)).ChunkCount,
        ChunkPlan.Version, DatasetMetadata.SoftwareVersion);

    public SharedDataset Silo(IDatasetDisk? disk = null) => new(Data, [Failing], disk ?? LocalDisk.Instance, TimeProvider.System);

    public LedgerHoldings? Do(DatasetJob job, IDatasetDisk? disk = null) =>
        Assert.IsType<SharedAnswer<LedgerHoldings?>.Done>(Silo(disk).Do(job, CancellationToken.None)).Value;

    public string Refusal(DatasetJob job) =>
        Assert.IsType<SharedAnswer<LedgerHoldings?>.Refused>(Silo().Do(job, CancellationToken.None)).Sentence;

    public string Refusal(SweepRecord record) => Assert.IsType<SharedAnswer<SharedSweep>.Refused>(Silo().Open(record)).Sentence;

    public SharedSweep Open(SweepRecord record, IDatasetDisk? disk = null) =>
        Assert.IsType<SharedAnswer<SharedSweep>.Done>(Silo(disk).Open(record)).Value;

    public LedgerHoldings Prepare(long epoch = 1, IDatasetDisk? disk = null) => Do(new DatasetJob.Prepare(Small, epoch), disk)!;

    public LedgerHoldings Extend(long epoch, IDatasetDisk? disk = null) => Do(new DatasetJob.Extend(Small, Large, epoch), disk)!;

    public void Finish(SweepRecord record, long rows, long epoch, IDatasetDisk? disk = null, params QuarantinedChunk[] quarantined) =>
        Do(new DatasetJob.Finish(record, [.. quarantined], rows, epoch), disk);

    /// <summary>Computes and places chunks: those named, or all that are not there.</summary>
    public void Work(SweepRecord record, long epoch, params int[] chunks)
    {
        using var sweep = Open(record);
        if (chunks.Length == 0)
        {
            var settled = PartListing.Read(sweep.Folder, sweep.Spec, sweep.Plan, new ParquetFormat(threads: 1)).Settled;
            chunks = [.. Enumerable.Range(0, sweep.Plan.ChunkCount).Where(chunk => !settled.Contains(chunk))];
        }
        foreach (int chunk in chunks)
        {
            using var part = Compute(sweep, chunk, epoch);
            part.Commit();
        }
    }

    /// <summary>A part with all rows of a chunk, not staged yet.</summary>
    public static PartPublication.Part Compute(SharedSweep sweep, int chunk, long epoch)
    {
        var run = sweep.Plan.ChunkAt(chunk);
        var part = sweep.Publication.Begin(run.FirstPoint, epoch);
        var rows = new PointRows(sweep.Spec, LaneProcessor.Device, sweep.Publication.PointsSchema, sweep.Publication.CurvesSchema);
        using var loop = new ParallelLoop(1);
        for (long point = run.FirstPoint; point < run.EndPoint; point++)
        {
            if (sweep.Kept.Contains(point)) continue;
            var keys = sweep.Grid.KeysAt(point);
            try
            {
                rows.Add(point, keys, sweep.Spec.Experiment.Measure(keys, sweep.Spec.Request, new ComputeResources(loop), CancellationToken.None));
            }
            catch (ArithmeticException cause)
            {
                rows.AddFailed(point, keys, nameof(ArithmeticException), cause.Message);
            }
        }
        part.Add(rows);
        return part;
    }

    public string Digest()
    {
        using var reader = DatasetReader.Open(Folder.Root, [Failing]);
        return DatasetDigest.Of(reader);
    }

    /// <summary>What a plain query of <c>points/*.parquet</c> sees now.</summary>
    public List<long> PlainPoints()
    {
        List<long> points = [];
        foreach (string path in Directory.GetFiles(Folder.Points, "*.parquet"))
        {
            using var file = new ParquetFormat(threads: 1).Open(path);
            for (int i = 0; i < file.RowGroups.Length; i++) points.AddRange(file.ReadRowGroup(i, ["point"]).Column<long>("point").Values);
        }
        return points;
    }

    public LocalSweepStatus Status() => LocalSweepStatus.Read(Folder.Root, [Failing]);

    /// <summary>Every file of the dataset's tables, and of staging, by its path in the dataset.</summary>
    public string[] Files(params string[] folders) => [.. folders
        .SelectMany(folder => Directory.EnumerateFileSystemEntries(Path.Combine(Folder.Root, folder), "*", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Folder.Root, path)).Order(StringComparer.Ordinal)];

    /// <summary>What a silo gets that a later one has overtaken: an exception of its disk, or nothing at all; never a damaged dataset.</summary>
    public static void Overtaken(Action silo)
    {
        try
        {
            silo();
        }
        catch (Exception late) when (late is IOException)
        {
            // its folders are gone
        }
    }

    public void Dispose() => Directory.Delete(parent, recursive: true);
}
