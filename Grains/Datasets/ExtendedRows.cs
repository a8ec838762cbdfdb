using System.Text;
using Sweeps.Grains.Datasets.Disk;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Planning;

namespace Sweeps.Grains.Datasets;

/// <summary>Writes the tables of a dataset anew, with the indices of a larger grid, into empty folders in staging.</summary>
/// <param name="publication">Of the larger grid's spec.</param>
/// <param name="embedding">From the old grid into the new.</param>
/// <param name="parts">Names of the files of <c>points/</c> that count, for all tables.</param>
internal sealed class ExtendedRows(PartPublication publication, GridEmbedding embedding, IReadOnlySet<string> parts)
{
    public void WritePoints(string staged, CancellationToken cancellation) =>
        Write(publication.Folder.Points, publication.PointsSchema, staged, parts, true, cancellation);

    /// <param name="staged">The folder.</param>
    /// <param name="emptyParts">
    /// Chunks whose part has no row: curves beside one are those of a late worker that the part of a given-up chunk kept from committing.
    /// </param>
    /// <param name="cancellation">Ends it.</param>
    public void WriteCurves(string staged, IEnumerable<Chunk> emptyParts, CancellationToken cancellation)
    {
        var withRows = parts.Except(emptyParts.Select(chunk => DatasetFolder.PartName(chunk.FirstPoint))).ToHashSet(StringComparer.Ordinal);
        Write(publication.Folder.Curves, publication.CurvesSchema!, staged, withRows, false, cancellation);
    }

    public void WriteFailures(string staged)
    {
        var (folder, disk) = (publication.Folder, publication.Disk);
        var points = parts.Select(Path.GetFileNameWithoutExtension).ToHashSet();
        bool merged = points.Any(name => DatasetFolder.IsMerged(name!));
        SortedDictionary<long, FailedPoint> failed = [];
        foreach (string path in DatasetFolder.FilesIn(folder.Failures, "*.jsonl"))
        {
            // Failures of a chunk without its points come from a crash before the commit: the chunk will run again.
            string name = Path.GetFileName(path);
            if (!merged && !DatasetFolder.IsKept(name) && !points.Contains(DatasetFolder.StemOfFailures(name))) continue;
            foreach (var point in FailedPoint.Read(path)) failed[embedding.Map(point.Point)] = point;
        }
        string lines = string.Concat(failed.Select(pair => (pair.Value with { Point = pair.Key }).ToLine() + "\n"));
        string file = Path.Combine(folder.Staged(staged), DatasetFolder.KeptFailuresName(publication.SpecHash));
        disk.WriteSynced(file, Encoding.UTF8.GetBytes(lines));
        disk.SyncFolder(folder.Staged(staged));
    }

    private void Write(string table, TableSchema schema, string staged, IReadOnlySet<string> committed, bool onePerPoint, CancellationToken cancellation)
    {
        var streams = SortedRows.StreamsOf(publication.Folder, table, committed)
            .Select(files => SortedRows.Read(files, publication.Format).Select(Reindex));
        SortedRows.Write(
            publication, SortedRows.Merge(streams, onePerPoint), schema, staged, first => DatasetFolder.KeptName(publication.SpecHash, first),
            cancellation);
    }

    private TableBatch Reindex(TableBatch batch)
    {
        var old = ((ColumnBuffer<long>)batch.Columns[0]).Values;
        var mapped = new ColumnBuffer<long>(old.Length);
        foreach (long point in old) mapped.Append(embedding.Map(point));
        return new(batch.Schema, [mapped, .. batch.Columns.Skip(1)]);
    }
}
