using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Sweeps.Grains.Datasets.Parquet.Metadata;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets.Parquet.Reading;

/// <summary>Reads a Parquet file: of ours, or a flat one of others.</summary>
internal sealed class ParquetReader : ITableReader
{
    /// <summary>Below so many values a second thread is not worth waking.</summary>
    private const long WorthSharing = 1 << 16;

    private readonly SourceFile file;
    private readonly FileFooter footer;
    private readonly ParallelOptions parallel;

    private ParquetReader(SourceFile file, int threads)
    {
        this.file = file;
        (footer, long footerOffset) = FooterReader.Read(file);
        parallel = new() { MaxDegreeOfParallelism = threads };
        var columns = ParquetSchema.ColumnsOf(footer.Schema, file.Name, footerOffset);
        FooterReader.Check(file, footer, footerOffset, columns);
        try
        {
            Schema = new(ColumnNotes.Apply(columns, footer));
        }
        catch (Exception cause) when (cause is JsonException or ArgumentException)
        {
            throw file.Damaged(
                footerOffset, $"expected columns with names of their own and '{ColumnNotes.FileKey}' in JSON: {cause.Message}", cause);
        }
        Metadata = MetadataOf(footer);
        RowGroups = [.. footer.Groups.Select(group => new RowGroup((int)group.RowCount, StatisticsOf(group)))];
    }

    /// <inheritdoc/>
    public TableSchema Schema { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <inheritdoc/>
    public long RowCount => footer.RowCount;

    /// <inheritdoc/>
    public ImmutableArray<RowGroup> RowGroups { get; }

    public static ParquetReader Open(string path, int threads)
    {
        var file = new SourceFile(path);
        try
        {
            return new(file, threads);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public TableBatch ReadRowGroup(int index, IReadOnlyList<string>? columns = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)RowGroups.Length, nameof(index));
        var selected = columns is null ? Schema : Schema.Select(columns);
        var group = footer.Groups[index];
        var buffers = new ColumnBuffer[selected.Columns.Length];

        void One(int i) =>
            buffers[i] = ColumnChunkReader.Read(file, selected.Columns[i], group.Chunks[Schema.IndexOf(selected.Columns[i].Name)]);

        if (group.RowCount * buffers.Length < WorthSharing || parallel.MaxDegreeOfParallelism == 1)
        {
            for (int i = 0; i < buffers.Length; i++) One(i);
        }
        else
        {
            try
            {
                Parallel.For(0, buffers.Length, parallel, One);
            }
            catch (AggregateException several)
            {
                ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
            }
        }
        return new(selected, [.. buffers]);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    /// <summary>The caller's keys; of a key given twice, as some writers do, the last.</summary>
    private static Dictionary<string, string> MetadataOf(FileFooter footer)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in footer.Metadata)
            if (pair.Key != ColumnNotes.FileKey) metadata[pair.Key] = pair.Value;
        return metadata;
    }

    private ImmutableArray<ColumnStatistics> StatisticsOf(ChunkGroup group) =>
        [.. group.Chunks.Select((chunk, i) => StatisticsReader.Read(chunk.Statistics, Schema.Columns[i].Type, footer.TypeDefinedOrder))];
}
