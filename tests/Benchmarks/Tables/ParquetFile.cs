using System.Collections.Immutable;
using Sweeps.Grains.Datasets.Parquet;
using Sweeps.Grains.Datasets.Parquet.Compression;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Benchmarks.Tables;

/// <summary>A whole Parquet file from batches in memory and back, by our own writer and reader with Snappy.</summary>
internal sealed class ParquetFile(string path, int threads)
{
    private static readonly Dictionary<string, string> NoMetadata = [];
    private readonly ParquetFormat format = new(PageCodec.Snappy, threads);

    public void Write(ImmutableArray<TableBatch> batches)
    {
        using FileStream output = File.Create(path);
        using ITableWriter writer = format.Create(output, batches[0].Schema, NoMetadata);
        foreach (TableBatch batch in batches) writer.Write(batch);
        writer.Complete();
    }

    public ImmutableArray<TableBatch> Read()
    {
        using ITableReader reader = format.Open(path);
        return [.. Enumerable.Range(0, reader.RowGroups.Length).Select(group => reader.ReadRowGroup(group))];
    }
}
