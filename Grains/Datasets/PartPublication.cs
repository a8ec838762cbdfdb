using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Sweeps.Grains.Datasets.Disk;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Datasets;

/// <summary>Puts finished chunks into a dataset.</summary>
public sealed class PartPublication(DatasetFolder folder, SweepSpec spec, ITableFormat format, IDatasetDisk disk)
{
    public TableSchema PointsSchema { get; } = Datasets.PointsSchema.Of(spec);

    /// <summary>Null if the sweep has no curves.</summary>
    public TableSchema? CurvesSchema { get; } = Datasets.CurvesSchema.HasCurves(spec) ? Datasets.CurvesSchema.Of(spec) : null;

    internal DatasetFolder Folder => folder;

    internal ITableFormat Format => format;

    internal IDatasetDisk Disk => disk;

    internal ImmutableDictionary<string, string> Metadata { get; } = DatasetMetadata.Of(spec);

    /// <summary>Starts the part of the chunk that begins at a point; nothing is seen of it before <see cref="Part.Place"/>.</summary>
    /// <param name="firstPoint">Grid index.</param>
    /// <param name="epoch">Of the lease, where several workers may be at one chunk: it keeps their staged files apart.</param>
    public Part Begin(long firstPoint, long? epoch = null) => new(this, firstPoint, epoch, isStaged: false);

    /// <summary>The part that another process has staged under its lease's epoch; only to be placed.</summary>
    public Part Adopt(long firstPoint, long epoch) => new(this, firstPoint, epoch, isStaged: true);

    /// <summary>Rows of one chunk on their way, added in grid order; memory holds one row group of each table.</summary>
    public sealed class Part : IDisposable
    {
        private const int PointsPerGroup = 1 << 16;
        private const int CurveRowsPerGroup = 1 << 18;

        private readonly PartPublication owner;
        private readonly long firstPoint;
        private readonly long? epoch;
        private readonly StagedTable? points;
        private readonly StagedTable? curves;
        private readonly List<FailedPoint> failed = [];

        internal Part(PartPublication owner, long firstPoint, long? epoch, bool isStaged)
        {
            (this.owner, this.firstPoint, this.epoch) = (owner, firstPoint, epoch);
            if (isStaged) return;
            points = new(owner, Path.GetFileName(PointsPath), owner.PointsSchema, PointsPerGroup);
            if (owner.CurvesSchema is { } schema) curves = new(owner, Path.GetFileName(CurvesPath), schema, CurveRowsPerGroup);
        }

        /// <summary>Points added that have no row; of an adopted part unknown.</summary>
        public int FailedCount => failed.Count;

        private string Name => DatasetFolder.PartName(firstPoint);

        private string FailuresName => DatasetFolder.FailuresName(firstPoint);

        private string PointsPath => Staged("points", Name);

        private string CurvesPath => Staged("curves", Name);

        private string FailuresPath => Staged("failures", FailuresName);

        public void Add(PointRows rows)
        {
            points!.Add(rows.Points);
            if (rows.Curves is not null) curves?.Add(rows.Curves);
            failed.AddRange(rows.Failed);
        }

        /// <summary>Writes all to its end, in staging.</summary>
        public void Stage()
        {
            curves?.Complete();
            if (failed.Count > 0)
                owner.Disk.WriteSynced(FailuresPath, Encoding.UTF8.GetBytes(string.Concat(failed.Select(point => point.ToLine() + "\n"))));
            points?.Complete();
        }

        /// <summary>
        /// Gives what is staged its places: curves, failures, and last the points, which are the commit. A place that is taken holds the
        /// same rows, and stays.
        /// </summary>
        public void Place()
        {
            var (folder, disk) = (owner.Folder, owner.Disk);
            if (owner.CurvesSchema is not null) Link(CurvesPath, folder.Curves);
            if (failed.Count > 0 || File.Exists(FailuresPath))
            {
                disk.Move(FailuresPath, Path.Combine(folder.Failures, FailuresName));
                disk.SyncFolder(folder.Failures);
            }
            Link(PointsPath, folder.Points);
        }

        /// <summary>Stages and places.</summary>
        public void Commit()
        {
            Stage();
            Place();
        }

        /// <summary>Closes the files; what is left in staging is cleared at the next start.</summary>
        public void Dispose()
        {
            points?.Dispose();
            curves?.Dispose();
        }

        private string Staged(string kind, string name) => owner.Folder.Staged(
            epoch is { } number ? string.Create(CultureInfo.InvariantCulture, $"{kind}-{number}-{name}") : $"{kind}-{name}");

        private void Link(string staged, string table)
        {
            owner.Disk.Link(staged, Path.Combine(table, Name));
            owner.Disk.SyncFolder(table);
            owner.Disk.Delete(staged);
        }
    }
}
