using System.Collections.Immutable;
using System.Text;
using Sweeps.Grains.Datasets.Disk;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Specs;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Grains.Datasets;

/// <summary>Puts finished chunks into a dataset.</summary>
public sealed class PartPublication : IDisposable
{
    private IHeldFolder points;
    private IHeldFolder curves;
    private IHeldFolder failures;

    public PartPublication(DatasetFolder folder, SweepSpec spec, ITableFormat format, IDatasetDisk disk)
    {
        (Folder, Format, Disk) = (folder, format, disk);
        PointsSchema = Datasets.PointsSchema.Of(spec);
        CurvesSchema = Datasets.CurvesSchema.HasCurves(spec) ? Datasets.CurvesSchema.Of(spec) : null;
        Metadata = DatasetMetadata.Of(spec);
        SpecHash = spec.Hash;
        points = new NamedFolder(disk, folder.Points);
        curves = new NamedFolder(disk, folder.Curves);
        failures = new NamedFolder(disk, folder.Failures);
    }

    public TableSchema PointsSchema { get; }

    /// <summary>Null if the sweep has no curves.</summary>
    public TableSchema? CurvesSchema { get; }

    /// <summary>Hears of each file that is put in its place, with its rows and bytes; null where nobody wants to know.</summary>
    public Action<DatasetTable, long, long>? Placed { get; set; }

    internal DatasetFolder Folder { get; }

    internal ITableFormat Format { get; }

    internal IDatasetDisk Disk { get; }

    internal ImmutableDictionary<string, string> Metadata { get; }

    internal string SpecHash { get; }

    /// <summary>
    /// From now on parts go into the folders as they are at this moment, and never into those that an extension or a merge puts in their
    /// place: a process that was stopped in between writes nowhere when it wakes.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">A folder is missing.</exception>
    public void HoldFolders()
    {
        Dispose();
        points = Disk.HoldFolder(Folder.Points);
        curves = Disk.HoldFolder(Folder.Curves);
        failures = Disk.HoldFolder(Folder.Failures);
    }

    /// <summary>Starts the part of the chunk that begins at a point; nothing is seen of it before <see cref="Part.Place"/>.</summary>
    /// <param name="firstPoint">Of the chunk.</param>
    /// <param name="epoch">
    /// Of the lease, where several processes write: two workers on one chunk share no file, and those of a dropped part are deleted.
    /// </param>
    public Part Begin(long firstPoint, long? epoch = null) =>
        new(this, firstPoint, epoch is { } lease ? DatasetFolder.StagedPrefix(SpecHash, lease) : "", epoch is not null);

    /// <summary>Takes over what another process has staged under an epoch: <see cref="Part.Place"/> puts it into the dataset.</summary>
    /// <exception cref="DatasetMovedException">It is not there, or not whole.</exception>
    /// <exception cref="DatasetException">Its failures are damaged.</exception>
    public Part Adopt(long firstPoint, long epoch) => Part.Adopt(this, firstPoint, DatasetFolder.StagedPrefix(SpecHash, epoch));

    /// <summary>A part that is staged in a folder of its own, which somebody else clears.</summary>
    internal Part BeginIn(string stagedFolder, long firstPoint) => new(this, firstPoint, stagedFolder + Path.DirectorySeparatorChar, false);

    /// <summary>Lets go of held folders; parts of this publication cannot be placed any more.</summary>
    public void Dispose()
    {
        points.Dispose();
        curves.Dispose();
        failures.Dispose();
    }

    /// <summary>Rows of one chunk on their way, added in grid order; memory holds one row group of each table.</summary>
    public sealed class Part : IDisposable
    {
        private const int PointsPerGroup = 1 << 16;
        private const int CurveRowsPerGroup = 1 << 18;

        private readonly PartPublication owner;
        private readonly long firstPoint;
        private readonly string prefix;
        private readonly StagedTable? points;
        private readonly StagedTable? curves;
        private readonly List<FailedPoint> failed = [];
        private bool deletesStaged;
        private bool isStaged;
        private bool isPlaced;

        internal Part(PartPublication owner, long firstPoint, string prefix, bool deletesStaged)
            : this(owner, firstPoint, prefix)
        {
            this.deletesStaged = deletesStaged;
            try
            {
                points = new(owner, StagedName("points"), owner.PointsSchema, PointsPerGroup);
                if (owner.CurvesSchema is { } schema) curves = new(owner, StagedName("curves"), schema, CurveRowsPerGroup);
            }
            catch
            {
                // Nobody gets this part, to dispose of it: a full disk would gain an open file at each attempt.
                this.deletesStaged = true;
                Dispose();
                throw;
            }
        }

        private Part(PartPublication owner, long firstPoint, string prefix) =>
            (this.owner, this.firstPoint, this.prefix) = (owner, firstPoint, prefix);

        /// <summary>Points added that have no row.</summary>
        public int FailedCount => failed.Count;

        internal static Part Adopt(PartPublication owner, long firstPoint, string prefix)
        {
            var part = new Part(owner, firstPoint, prefix) { deletesStaged = true, isStaged = true };
            if (!File.Exists(part.StagedPoints) || (owner.CurvesSchema is not null && !File.Exists(part.StagedCurves)))
                throw new DatasetMovedException($"{part.StagedPoints} was not staged whole, or is gone");
            if (File.Exists(part.StagedFailures)) part.failed.AddRange(FailedPoint.Read(part.StagedFailures));
            return part;
        }

        public void Add(PointRows rows)
        {
            points!.Add(rows.Points);
            if (rows.Curves is not null) curves?.Add(rows.Curves);
            failed.AddRange(rows.Failed);
        }

        /// <summary>Writes all to its end in staging; from then on it is safe, and <see cref="Place"/> is quick.</summary>
        public void Stage()
        {
            if (isStaged) return;
            curves?.Complete();
            if (failed.Count > 0)
                owner.Disk.WriteSynced(StagedFailures, Encoding.UTF8.GetBytes(string.Concat(failed.Select(point => point.ToLine() + "\n"))));
            points!.Complete();
            isStaged = true;
        }

        /// <summary>
        /// Gives what is staged its places: curves, failures, and last the points, which are the commit. A place that is taken holds the same
        /// rows, and stays.
        /// </summary>
        /// <exception cref="DatasetMovedException">The dataset has gone on without this part.</exception>
        /// <exception cref="InvalidOperationException">Not staged.</exception>
        public void Place()
        {
            if (!isStaged) throw new InvalidOperationException("a part is staged before it is placed");
            if (isPlaced) return;
            string name = DatasetFolder.PartName(firstPoint);
            // Where another worker was first, not even the failures are replaced: they are the failures of the rows that stay.
            if (!owner.points.Contains(name))
            {
                if (owner.CurvesSchema is not null)
                {
                    var size = SizeOf(curves, StagedCurves);
                    if (owner.curves.Link(StagedCurves, name)) Tell(DatasetTable.Curves, size);
                    owner.curves.Sync();
                }
                if (failed.Count > 0)
                {
                    var size = (failed.Count, owner.Placed is null ? 0 : new FileInfo(StagedFailures).Length);
                    owner.failures.Replace(StagedFailures, DatasetFolder.FailuresName(firstPoint));
                    owner.failures.Sync();
                    Tell(DatasetTable.Failures, size);
                }
                var pointsSize = SizeOf(points, StagedPoints);
                if (owner.points.Link(StagedPoints, name)) Tell(DatasetTable.Points, pointsSize);
            }
            owner.points.Sync();
            isPlaced = true;
            DeleteStaged();
        }

        /// <summary>What is staged stays when the part is disposed of, for a process that adopts it.</summary>
        public void LeaveStaged() => deletesStaged = false;

        /// <summary>
        /// Places the part of a chunk that was given up, which has no row: the points first, and only where there are none. So a late worker
        /// that is first leaves its rows, curves and failures, and one that comes after can no longer commit; its curves do not stay, and the
        /// failures here have a name of their own.
        /// </summary>
        /// <returns>False if the chunk has rows after all.</returns>
        internal bool PlaceGivenUp()
        {
            string name = DatasetFolder.PartName(firstPoint);
            bool isOurs = owner.points.Link(StagedPoints, name);
            owner.points.Sync();
            if (!isOurs && HasRows(Path.Combine(owner.Folder.Points, name))) return false;
            if (owner.CurvesSchema is not null)
            {
                owner.curves.Replace(StagedCurves, name);
                owner.curves.Sync();
            }
            owner.failures.Replace(StagedFailures, DatasetFolder.GivenUpName(firstPoint));
            owner.failures.Sync();
            isPlaced = true;
            return true;
        }

        /// <summary>Closes the files; without an epoch, what is left in staging is cleared at the next start.</summary>
        public void Dispose()
        {
            points?.Dispose();
            curves?.Dispose();
            if (!deletesStaged || isPlaced) return;
            deletesStaged = false;
            try
            {
                DeleteStaged();
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // On the way out, of a failure perhaps, which this one must not hide; the end of the sweep clears what is left.
            }
        }

        private void Tell(DatasetTable table, (long Rows, long Bytes) size) => owner.Placed?.Invoke(table, size.Rows, size.Bytes);

        // Asked before the file gets its place: where there are no links it is moved. Rows that another process staged are for its file to
        // say.
        private (long Rows, long Bytes) SizeOf(StagedTable? table, string staged)
        {
            if (owner.Placed is null) return default;
            long bytes = new FileInfo(staged).Length;
            if (table is not null) return (table.RowCount, bytes);
            using var file = owner.Format.Open(staged);
            return (file.RowCount, bytes);
        }

        private string StagedPoints => owner.Folder.Staged(StagedName("points"));

        private string StagedCurves => owner.Folder.Staged(StagedName("curves"));

        private string StagedFailures => owner.Folder.Staged($"{prefix}failures-{DatasetFolder.FailuresName(firstPoint)}");

        private string StagedName(string table) => $"{prefix}{table}-{DatasetFolder.PartName(firstPoint)}";

        private void DeleteStaged()
        {
            if (owner.CurvesSchema is not null) owner.Disk.Delete(StagedCurves);
            if (failed.Count > 0) owner.Disk.Delete(StagedFailures);
            owner.Disk.Delete(StagedPoints);
        }

        private bool HasRows(string path)
        {
            using var file = owner.Format.Open(path);
            return file.RowCount > 0;
        }
    }
}
