using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets;

/// <summary>The rows of a table's files in order of their points: parts are in order among themselves, and so are files of other kinds.</summary>
internal static class SortedRows
{
    /// <summary>The files whose rows count, as up to two streams, each in order.</summary>
    /// <param name="folder">The dataset.</param>
    /// <param name="table">One of its folders.</param>
    /// <param name="committed">Names of the files of <c>points/</c> that count; null: those that are there now.</param>
    public static string[][] StreamsOf(DatasetFolder folder, string table, IReadOnlySet<string>? committed = null)
    {
        committed ??= DatasetFolder.FilesIn(folder.Points).Select(path => Path.GetFileName(path)).ToHashSet(StringComparer.Ordinal);
        string[] files = DatasetFolder.FilesIn(table);
        bool IsPart(string path) => DatasetFolder.FirstPointOf(Path.GetFileName(path)) is not null;
        // Curves without their points come from a crash before the commit, and do not count.
        return
        [
            [.. files.Where(path => !IsPart(path))],
            [.. files.Where(path => IsPart(path) && committed.Contains(Path.GetFileName(path)))],
        ];
    }

    /// <summary>All rows of the files, opened one after the other.</summary>
    public static IEnumerable<TableBatch> Read(IEnumerable<string> files, ITableFormat format)
    {
        foreach (string path in files)
        {
            using var file = format.Open(path);
            for (int group = 0; group < file.RowGroups.Length; group++) yield return file.ReadRowGroup(group);
        }
    }

    /// <summary>Runs of rows of several ordered streams, in order of their points. A point's rows are all in one stream.</summary>
    /// <exception cref="DatasetException">The rows are not in order, or a point has rows in both.</exception>
    public static IEnumerable<(TableBatch Batch, int From, int Count)> Merge(IEnumerable<IEnumerable<TableBatch>> streams, bool onePerPoint)
    {
        List<Head> heads = [];
        try
        {
            foreach (var stream in streams)
            {
                var head = new Head(stream.GetEnumerator());
                heads.Add(head);
                if (!head.MoveToRow()) heads.Remove(head);
            }
            long last = -1;
            while (heads.Count > 0)
            {
                var head = heads.MinBy(other => other.Point)!;
                long limit = heads.Where(other => other != head).Select(other => other.Point).DefaultIfEmpty(long.MaxValue).Min();
                int from = head.Row;
                if (head.Point == limit) throw DatasetException.Damage($"point {limit} has rows in two files; restore the dataset from a copy");
                last = head.TakeBelow(limit, last, onePerPoint);
                yield return (head.Batch, from, head.Row - from);
                if (!head.MoveToRow()) heads.Remove(head);
            }
        }
        finally
        {
            foreach (var head in heads) head.Dispose();
        }
    }

    /// <summary>Writes rows in order into files of a folder in staging that is there and empty, each closed and safe.</summary>
    /// <returns>Number of rows.</returns>
    public static long Write(
        PartPublication publication,
        IEnumerable<(TableBatch Batch, int From, int Count)> rows,
        TableSchema schema,
        string folderName,
        Func<long, string> nameFor,
        CancellationToken cancellation)
    {
        const int MaximumCells = 1 << 22;
        const int MaximumGroupRows = 1 << 20;
        const int MaximumFileRows = 1 << 24;
        string folder = publication.Folder.Staged(folderName);
        int groupRows = Math.Min(MaximumGroupRows, MaximumCells / schema.Columns.Length);
        long total = 0, inFile = 0;
        StagedTable? file = null;
        try
        {
            foreach (var (batch, from, count) in rows)
            {
                cancellation.ThrowIfCancellationRequested();
                if (inFile >= MaximumFileRows)
                {
                    file!.Complete();
                    (file, inFile) = (null, 0);
                }
                file ??= Begin(((ColumnBuffer<long>)batch.Columns[0])[from]);
                file.Add(batch, from, count);
                total += count;
                inFile += count;
            }
            file ??= Begin(0); // a table without rows still has a file, and so a schema
            file.Complete();
        }
        finally
        {
            file?.Dispose();
        }
        publication.Disk.SyncFolder(folder);
        return total;

        StagedTable Begin(long first) => new(publication, Path.Combine(folderName, nameFor(first)), schema, groupRows);
    }

    private sealed class Head(IEnumerator<TableBatch> batches) : IDisposable
    {
        public TableBatch Batch { get; private set; } = null!;

        public int Row { get; private set; }

        public long Point => Points[Row];

        private ReadOnlySpan<long> Points => ((ColumnBuffer<long>)Batch.Columns[Batch.Schema.IndexOf(PointsSchema.Point)]).Values;

        public bool MoveToRow()
        {
            while (Batch is null || Row >= Batch.RowCount)
            {
                if (!batches.MoveNext())
                {
                    Dispose();
                    return false;
                }
                (Batch, Row) = (batches.Current, 0);
            }
            return true;
        }

        // Moves past the rows below the limit, and gives back the last of their points.
        public long TakeBelow(long limit, long last, bool onePerPoint)
        {
            var points = Points;
            for (; Row < points.Length && points[Row] < limit; Row++)
            {
                long point = points[Row];
                if (point < last || (onePerPoint && point == last))
                    throw DatasetException.Damage($"the rows of point {point} stand out of order; restore the dataset from a copy");
                last = point;
            }
            return last;
        }

        public void Dispose() => batches.Dispose();
    }
}
