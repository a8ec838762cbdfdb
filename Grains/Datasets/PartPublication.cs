using System.Collections.Immutable;
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

    /// <summary>Starts the part of the chunk that begins at a point; nothing is seen of it before <see cref="Part.Commit"/>.</summary>
    public Part Begin(long firstPoint) => new(this, firstPoint);

    /// <summary>Rows of one chunk on their way, added in grid order; memory holds one row group of each table.</summary>
    public sealed class Part : IDisposable
    {
        private const int PointsPerGroup = 1 << 16;
        private const int CurveRowsPerGroup = 1 << 18;

        private readonly PartPublication owner;
        private readonly long firstPoint;
        private readonly StagedTable points;
        private readonly StagedTable? curves;
        private readonly List<FailedPoint> failed = [];

        internal Part(PartPublication owner, long firstPoint)
        {
            (this.owner, this.firstPoint) = (owner, firstPoint);
            points = new(owner, "points-" + DatasetFolder.PartName(firstPoint), owner.PointsSchema, PointsPerGroup);
            if (owner.CurvesSchema is { } schema) curves = new(owner, "curves-" + DatasetFolder.PartName(firstPoint), schema, CurveRowsPerGroup);
        }

        /// <summary>Points added that have no row.</summary>
        public int FailedCount => failed.Count;

        public void Add(PointRows rows)
        {
            points.Add(rows.Points);
            if (rows.Curves is not null) curves?.Add(rows.Curves);
            failed.AddRange(rows.Failed);
        }

        /// <summary>
        /// Writes all to its end, then gives it its places: curves, failures, and last the points, which are the commit. A place that is
        /// taken holds the same rows, and stays.
        /// </summary>
        public void Commit()
        {
            var (folder, disk) = (owner.Folder, owner.Disk);
            string name = DatasetFolder.PartName(firstPoint);
            if (curves is not null)
            {
                curves.Complete();
                disk.Link(curves.Path, Path.Combine(folder.Curves, name));
                disk.SyncFolder(folder.Curves);
                disk.Delete(curves.Path);
            }
            if (failed.Count > 0)
            {
                string failures = DatasetFolder.FailuresName(firstPoint);
                string lines = string.Concat(failed.Select(point => point.ToLine() + "\n"));
                disk.Replace(folder.Staged(failures), Path.Combine(folder.Failures, failures), Encoding.UTF8.GetBytes(lines));
            }
            points.Complete();
            disk.Link(points.Path, Path.Combine(folder.Points, name));
            disk.SyncFolder(folder.Points);
            disk.Delete(points.Path);
        }

        /// <summary>Closes the files; what is left in staging is cleared at the next start.</summary>
        public void Dispose()
        {
            points.Dispose();
            curves?.Dispose();
        }
    }
}
