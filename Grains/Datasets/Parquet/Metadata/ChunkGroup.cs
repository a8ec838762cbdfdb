using System.Collections.Immutable;
using Sweeps.Grains.Datasets.Parquet.Thrift;

namespace Sweeps.Grains.Datasets.Parquet.Metadata;

/// <summary>A row group: a chunk of every column over the same rows.</summary>
internal sealed record ChunkGroup(ImmutableArray<ColumnChunk> Chunks, long RowCount)
{
    public void WriteElement(CompactWriter writer)
    {
        writer.BeginElement();
        writer.BeginList(1, CompactType.Struct, Chunks.Length);
        foreach (var chunk in Chunks) chunk.WriteElement(writer);
        writer.Int64(2, Chunks.Sum(chunk => chunk.UncompressedSize));
        writer.Int64(3, RowCount);
        writer.Int64(5, Chunks[0].Start);
        writer.Int64(6, Chunks.Sum(chunk => chunk.CompressedSize));
        writer.End();
    }

    public static ChunkGroup ReadElement(ref CompactReader reader)
    {
        ColumnChunk[]? chunks = null;
        long rows = -1;
        for (int field = 0; reader.Next(ref field, out var type);)
        {
            switch (field)
            {
                case 1:
                    chunks = new ColumnChunk[reader.List(type, CompactType.Struct)];
                    for (int i = 0; i < chunks.Length; i++) chunks[i] = ColumnChunk.ReadElement(ref reader);
                    break;
                case 3: rows = reader.Int64(type); break;
                default: reader.Skip(type); break;
            }
        }
        if (chunks is null || rows < 0) throw reader.Damaged("columns and row count of a row group");
        return new([.. chunks], rows);
    }
}
