using Sweeps.Dashboard.Datasets;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Dashboard.Api.Rows;

/// <summary>
/// Rows as a Parquet file, which is known to be whole only at its end: so it is written to a temporary file first, which is gone as soon as
/// it is closed.
/// </summary>
internal static class StagedParquet
{
    private const int RowsPerGroup = 1 << 16;

    /// <returns>The file, at its beginning; for the caller to dispose.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static FileStream Write(IRowSelection rows, IReadOnlyList<string> columns, IReadOnlyDictionary<string, string> metadata)
    {
        var file = Create();
        try
        {
            var schema = rows.Columns.Select(columns);
            using var writer = TableFormats.Of(threads: 1).Create(file, schema, metadata);
            var group = new TableBatch(schema);
            foreach (var slice in rows.Slices(columns))
            {
                Append(group, slice);
                if (group.RowCount < RowsPerGroup) continue;
                writer.Write(group);
                group.Clear();
            }
            writer.Write(group);
            writer.Complete();
            file.Position = 0;
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // Rows that follow each other are copied at once.
    private static void Append(TableBatch group, RowSlice slice)
    {
        var rows = slice.Rows.Span;
        for (int from = 0, to; from < rows.Length; from = to)
        {
            for (to = from + 1; to < rows.Length && rows[to] == rows[to - 1] + 1;) to++;
            group.Append(slice.Batch, rows[from], to - from);
        }
    }

    private static FileStream Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(Path.Combine(Path.GetTempPath(), $"sweeps-{Path.GetRandomFileName()}"), options);
    }
}
