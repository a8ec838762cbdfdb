using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets;

/// <summary>A table being written to staging, in row groups of bounded size.</summary>
internal sealed class StagedTable : IDisposable
{
    private readonly PartPublication publication;
    private readonly TableBatch group;
    private readonly int groupRows;
    private readonly Stream stream;
    private readonly ITableWriter writer;
    private bool disposed;

    public StagedTable(PartPublication publication, string name, TableSchema schema, int groupRows)
    {
        (this.publication, this.groupRows) = (publication, groupRows);
        Path = publication.Folder.Staged(name);
        group = new(schema);
        stream = publication.Disk.CreateFile(Path);
        try
        {
            writer = publication.Format.Create(stream, schema, publication.Metadata);
        }
        catch
        {
            Close();
            throw;
        }
    }

    public string Path { get; }

    /// <summary>Rows added.</summary>
    public long RowCount { get; private set; }

    public void Add(TableBatch rows) => Add(rows, 0, rows.RowCount);

    public void Add(TableBatch rows, int from, int count)
    {
        RowCount += count;
        for (int end = from + count; from < end;)
        {
            int taken = Math.Min(end - from, groupRows - group.RowCount);
            group.Append(rows, from, taken);
            from += taken;
            if (group.RowCount == groupRows) Flush();
        }
    }

    /// <summary>Returns when the file is whole and safe.</summary>
    public void Complete()
    {
        Flush();
        writer.Complete();
        publication.Disk.Sync(stream);
        Dispose();
    }

    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        writer.Dispose();
        Close();
    }

    private void Close()
    {
        try
        {
            stream.Dispose();
        }
        catch (IOException)
        {
            // A full disk says so again when the stream closes; who wrote the file has heard it already.
        }
    }

    private void Flush()
    {
        writer.Write(group);
        group.Clear();
    }
}
