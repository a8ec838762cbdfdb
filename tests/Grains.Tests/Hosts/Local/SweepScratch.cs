using System.Globalization;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Disk;
using Sweeps.Grains.Datasets.Parquet;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Specs;
using Sweeps.Grains.Tests.Specs;
using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Tests.Hosts.Local;

/// <summary>A folder for a sweep, gone at the end, and the ways to run one in it.</summary>
internal sealed class SweepScratch : IDisposable
{
    // In memory where there is such a folder: these tests sync often, and what a sync means is the disk's affair.
    private readonly string parent = Directory.Exists("/dev/shm")
        ? Directory.CreateDirectory($"/dev/shm/sweeps-host-{Guid.NewGuid():N}").FullName
        : Directory.CreateTempSubdirectory("sweeps-host-").FullName;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    public string Path => System.IO.Path.Combine(parent, "sweep");

    /// <summary>Five points to a chunk, and four chunks.</summary>
    public const string Small = "name: a\nexperiment: gaussian-mixture\naxes: { separation: [1, 2, 3], drift: [0, 1, 2, 3, 4, 5] }\n";

    /// <summary>Old points are scattered over all of it.</summary>
    public const string Large =
        "name: b\nexperiment: gaussian-mixture\naxes: { separation: [1, 1.5, 2, 3], drift: [0, 1, 2, 2.5, 3, 4, 5, 6] }\n";

    public static FakeMixture Experiment(Action<Compute.Experiments.PointKeys>? before = null) =>
        new() { Cost = _ => 1, BeforeMeasure = before ?? (_ => { }) };

    public static SweepSpec Spec(string text, FakeMixture? experiment = null) => SpecText.Spec(text, experiment ?? Experiment());

    public LocalSweepOpening Open(SweepSpec? spec, IDatasetDisk? disk = null, FakeMixture? experiment = null) =>
        new LocalSweepOpener(disk ?? LocalDisk.Instance, [experiment ?? (FakeMixture?)spec?.Experiment ?? Experiment()], TimeProvider.System)
            .Open(Path, spec, CancellationToken.None);

    /// <summary>Opens and runs; null if it was refused.</summary>
    public async Task<SweepOutcome?> Run(
        SweepSpec? spec, IDatasetDisk? disk = null, int threads = 2, FakeMixture? experiment = null, CancellationToken cancellation = default)
    {
        if (Open(spec, disk, experiment) is not LocalSweepOpening.Opened opened) return null;
        using var sweep = opened.Sweep;
        return await sweep.RunAsync([new LaneProcessor(threads)], null, cancellation);
    }

    /// <summary>Opens and runs on devices of the test's; fails if that takes a minute, since then it never ends.</summary>
    public async Task<SweepOutcome> RunOn(
        IReadOnlyList<ILaneDevice> devices, SweepSpec? spec, FakeMixture? experiment = null, IProgress<SweepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var opened = Assert.IsType<LocalSweepOpening.Opened>(Open(spec, experiment: experiment));
        using var sweep = opened.Sweep;
        return await Task.Run(() => sweep.RunAsync(devices, progress, cancellation), CancellationToken.None).WaitAsync(Deadline, CancellationToken.None);
    }

    /// <summary>All rows as text, points and curves, but for the column <c>device</c>.</summary>
    public List<string> RowsButDevice()
    {
        using var reader = DatasetReader.Open(Path, [Experiment()]);
        string[] columns = [.. reader.PointsSchema.Columns.Select(column => column.Name).Where(name => name != PointsSchema.Device)];
        return [.. reader.ReadPoints(columns).Concat(reader.ReadCurves()).SelectMany(Rows)];

        static IEnumerable<string> Rows(TableBatch batch) => Enumerable.Range(0, batch.RowCount)
            .Select(row => string.Join('|', batch.Columns.Select(column => Convert.ToString(column.At(row), CultureInfo.InvariantCulture))))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>The column <c>device</c> by point.</summary>
    public SortedDictionary<long, string> DeviceOfPoints()
    {
        using var reader = DatasetReader.Open(Path, [Experiment()]);
        SortedDictionary<long, string> devices = [];
        foreach (var batch in reader.ReadPoints([PointsSchema.Point, PointsSchema.Device]))
            for (int row = 0; row < batch.RowCount; row++)
                devices.Add(batch.Column<long>(PointsSchema.Point)[row], batch.Column<string>(PointsSchema.Device)[row]);
        return devices;
    }

    /// <summary>What the journal says happened, and its detail.</summary>
    public (string What, string? Detail)[] Events() =>
        [.. LocalSweepStatus.Read(Path, [Experiment()]).Events.Select(each => (each.What, each.Detail))];

    public string Digest()
    {
        using var reader = DatasetReader.Open(Path, [Experiment()]);
        return DatasetDigest.Of(reader);
    }

    /// <summary>What a plain query of <c>points/*.parquet</c> sees now.</summary>
    public List<long> PlainPoints()
    {
        List<long> points = [];
        foreach (string file in Directory.GetFiles(System.IO.Path.Combine(Path, "points"), "*.parquet"))
        {
            using var reader = new ParquetFormat(threads: 1).Open(file);
            for (int i = 0; i < reader.RowGroups.Length; i++) points.AddRange(reader.ReadRowGroup(i, ["point"]).Column<long>("point").Values);
        }
        return points;
    }

    /// <summary>The digest of a sweep that ran undisturbed.</summary>
    public static async Task<string> Undisturbed(string text, FakeMixture? experiment = null)
    {
        using var scratch = new SweepScratch();
        Assert.NotNull(await scratch.Run(Spec(text, experiment)));
        return scratch.Digest();
    }

    public void Dispose() => Directory.Delete(parent, recursive: true);
}
