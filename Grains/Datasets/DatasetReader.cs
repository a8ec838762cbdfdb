using System.Collections.Immutable;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Datasets;

/// <summary>
/// A dataset as it was at one moment, also while its sweep runs, is merged or extended: all files are opened at once, and an open file keeps
/// its rows whatever becomes of its name.
/// </summary>
public sealed class DatasetReader : IDisposable
{
    private const int Attempts = 20;

    private readonly ImmutableArray<ImmutableArray<ITableReader>> points;
    private readonly ImmutableArray<ImmutableArray<ITableReader>> curves;

    private DatasetReader(
        SweepManifest manifest,
        ImmutableArray<ImmutableArray<ITableReader>> points,
        ImmutableArray<ImmutableArray<ITableReader>> curves)
    {
        (Manifest, this.points, this.curves) = (manifest, points, curves);
        PointsSchema = Datasets.PointsSchema.Of(Spec);
        CurvesSchema = Datasets.CurvesSchema.HasCurves(Spec) ? Datasets.CurvesSchema.Of(Spec) : null;
    }

    public SweepManifest Manifest { get; }

    public SweepSpec Spec => Manifest.Spec;

    public TableSchema PointsSchema { get; }

    /// <summary>Null if the sweep has no curves.</summary>
    public TableSchema? CurvesSchema { get; }

    public long PointCount => points.Sum(files => files.Sum(file => file.RowCount));

    public long CurveRowCount => curves.Sum(files => files.Sum(file => file.RowCount));

    /// <summary>Opens a dataset. It takes no lock and writes nothing.</summary>
    /// <exception cref="DatasetException">There is none, or it is not what it should be; lines of the message are one sentence each.</exception>
    /// <exception cref="TableFileException">A file is damaged.</exception>
    public static DatasetReader Open(string directory, IReadOnlyCollection<IExperiment> catalogue)
    {
        var folder = new DatasetFolder(directory);
        for (int attempt = 1; ; attempt++)
        {
            if (!File.Exists(folder.Manifest)) throw new DatasetException($"{folder.Root} holds no sweep: there is no sweep.json");
            if (!SweepManifest.TryRead(folder.Manifest, catalogue, out var manifest, out var mistakes))
                throw new DatasetException(string.Join('\n', mistakes));
            if (TryOpen(folder, manifest, out string? obstacle) is { } reader) return reader;
            if (attempt == Attempts)
                throw new DatasetException($"{obstacle}; if an extension was interrupted, finish it with: sweeps resume {ShellWord.Of(directory)}");
        }
    }

    /// <summary>All points in order: the columns named, in that order, or all.</summary>
    /// <param name="columns">Which columns.</param>
    /// <param name="point">Only this point, or all.</param>
    /// <exception cref="ArgumentException">No such column.</exception>
    public IEnumerable<TableBatch> ReadPoints(IReadOnlyList<string>? columns = null, long? point = null) =>
        Read(points, PointsSchema, columns, point, true);

    /// <summary>Curve rows in order of their points, then as measured: by observable, then time.</summary>
    /// <param name="point">Only of this point, or of all.</param>
    public IEnumerable<TableBatch> ReadCurves(long? point = null) =>
        CurvesSchema is null ? [] : Read(curves, CurvesSchema, null, point, false);

    public void Dispose()
    {
        foreach (var file in points.Concat(curves).SelectMany(files => files)) file.Dispose();
    }

    // Null, and the obstacle, if the folder changed under way.
    private static DatasetReader? TryOpen(DatasetFolder folder, SweepManifest manifest, out string? obstacle)
    {
        List<ITableReader> opened = [];
        obstacle = $"the files of {folder.Root} change all the time";
        try
        {
            var format = TableFormats.Of(threads: 0);
            string[][] pointFiles = SortedRows.StreamsOf(folder, folder.Points);
            string[][] curveFiles = Datasets.CurvesSchema.HasCurves(manifest.Spec) ? SortedRows.StreamsOf(folder, folder.Curves) : [];
            var reader = new DatasetReader(manifest, OpenAll(pointFiles), OpenAll(curveFiles));
            if (opened.FirstOrDefault(file => file.Metadata.GetValueOrDefault(DatasetMetadata.SpecHashKey) != manifest.Spec.Hash) is not null)
                obstacle = $"{folder.Root} holds files of another sweep than sweep.json says";
            else if (!Fit(reader.points, reader.PointsSchema) || reader.CurvesSchema is { } schema && !Fit(reader.curves, schema))
                obstacle = $"{folder.Root} holds a file with the columns of another table";
            else if (Same(pointFiles, SortedRows.StreamsOf(folder, folder.Points))) return reader;

            ImmutableArray<ImmutableArray<ITableReader>> OpenAll(string[][] streams) => [.. streams.Select(OpenStream)];

            ImmutableArray<ITableReader> OpenStream(string[] files)
            {
                var stream = ImmutableArray.CreateBuilder<ITableReader>(files.Length);
                foreach (string path in files)
                {
                    var file = format.Open(path);
                    opened.Add(file);
                    stream.Add(file);
                }
                return stream.MoveToImmutable();
            }
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            obstacle = $"the files of {folder.Root} change all the time";
        }
        catch
        {
            opened.ForEach(file => file.Dispose());
            throw;
        }
        opened.ForEach(file => file.Dispose());
        return null;
    }

    private static bool Fit(ImmutableArray<ImmutableArray<ITableReader>> streams, TableSchema schema) => streams.SelectMany(files => files)
        .All(file => file.Schema.Columns.Select(column => column.Name).SequenceEqual(schema.Columns.Select(column => column.Name)));

    // A part more is fine: the sweep runs. A part less means that folders were exchanged.
    private static bool Same(string[][] before, string[][] after) => before.SelectMany(files => files).Except(after.SelectMany(files => files)).Any() is false;

    private static IEnumerable<TableBatch> Read(
        ImmutableArray<ImmutableArray<ITableReader>> streams, TableSchema schema, IReadOnlyList<string>? columns, long? only, bool onePerPoint)
    {
        string[] wanted = [.. columns ?? [.. schema.Columns.Select(column => column.Name)]];
        var selected = schema.Select(wanted);
        // The order of the streams needs the points, asked for or not.
        string[] read = wanted.Contains(Datasets.PointsSchema.Point) ? wanted : [.. wanted, Datasets.PointsSchema.Point];
        var rows = SortedRows.Merge(streams.Select(files => Groups(files, read, only)), onePerPoint);
        return Batches(rows, selected, only);
    }

    private static IEnumerable<TableBatch> Groups(ImmutableArray<ITableReader> files, string[] columns, long? only)
    {
        foreach (var file in files)
        {
            int place = file.Schema.RequiredIndexOf(Datasets.PointsSchema.Point);
            for (int group = 0; group < file.RowGroups.Length; group++)
            {
                var bounds = file.RowGroups[group].Statistics[place];
                if (only is { } point && (bounds.Minimum is long least && point < least || bounds.Maximum is long most && point > most)) continue;
                yield return file.ReadRowGroup(group, columns);
            }
        }
    }

    private static IEnumerable<TableBatch> Batches(
        IEnumerable<(TableBatch Batch, int From, int Count)> rows, TableSchema selected, long? only)
    {
        const int RowsPerBatch = 1 << 16;
        var batch = new TableBatch(selected);
        foreach (var (source, from, count) in rows)
        {
            int first = from, end = from + count;
            if (only is { } point)
            {
                var all = source.Column<long>(Datasets.PointsSchema.Point).Values;
                while (first < end && all[first] != point) first++;
                int last = first;
                while (last < end && all[last] == point) last++;
                end = last;
            }
            for (; first < end;)
            {
                int taken = Math.Min(end - first, RowsPerBatch - batch.RowCount);
                batch.Append(source, first, taken);
                first += taken;
                if (batch.RowCount < RowsPerBatch) continue;
                yield return batch;
                batch = new(selected);
            }
        }
        if (batch.RowCount > 0) yield return batch;
    }
}
