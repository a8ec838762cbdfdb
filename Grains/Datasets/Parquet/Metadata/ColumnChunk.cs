using System.Collections.Immutable;
using Sweeps.Grains.Datasets.Parquet.Compression;
using Sweeps.Grains.Datasets.Parquet.Thrift;

namespace Sweeps.Grains.Datasets.Parquet.Metadata;

/// <summary>
/// Where and how the values of one column in one row group are stored; offsets are the file's, sizes include page headers.
/// </summary>
internal sealed record ColumnChunk(
    PhysicalType Type,
    ImmutableArray<PageEncoding> Encodings,
    ImmutableArray<string> Path,
    PageCodec Codec,
    long ValueCount,
    long UncompressedSize,
    long CompressedSize,
    ImmutableArray<KeyValue> Metadata,
    long DataPageOffset,
    long? DictionaryPageOffset,
    ChunkStatistics? Statistics)
{
    /// <summary>Where its first page begins.</summary>
    public long Start => DictionaryPageOffset is > 0 and long dictionary && dictionary < DataPageOffset ? dictionary : DataPageOffset;

    public void WriteElement(CompactWriter writer)
    {
        writer.BeginElement();
        writer.Int64(2, 0);
        writer.BeginStruct(3);
        writer.Int32(1, (int)Type);
        writer.BeginList(2, CompactType.Int32, Encodings.Length);
        foreach (var encoding in Encodings) writer.Int32Element((int)encoding);
        writer.BeginList(3, CompactType.Binary, Path.Length);
        foreach (string part in Path) writer.TextElement(part);
        writer.Int32(4, (int)Codec);
        writer.Int64(5, ValueCount);
        writer.Int64(6, UncompressedSize);
        writer.Int64(7, CompressedSize);
        KeyValue.WriteAll(writer, 8, Metadata);
        writer.Int64(9, DataPageOffset);
        if (DictionaryPageOffset is { } dictionary) writer.Int64(11, dictionary);
        Statistics?.Write(writer, 12);
        writer.End();
        writer.End();
    }

    public static ColumnChunk ReadElement(ref CompactReader reader)
    {
        ColumnChunk? chunk = null;
        for (int field = 0; reader.Next(ref field, out var type);)
        {
            switch (field)
            {
                case 1: throw reader.Unsupported("a column in another file");
                case 3: chunk = ReadMetadata(ref reader, type); break;
                default: reader.Skip(type); break;
            }
        }
        return chunk ?? throw reader.Damaged("the metadata of a column chunk");
    }

    private static ColumnChunk ReadMetadata(ref CompactReader reader, CompactType structType)
    {
        reader.Expect(structType, CompactType.Struct);
        int physical = -1, codec = -1;
        long values = -1, uncompressed = -1, compressed = -1, dataOffset = -1;
        long? dictionaryOffset = null;
        ImmutableArray<string> path = [];
        ImmutableArray<PageEncoding> encodings = [];
        ImmutableArray<KeyValue> metadata = [];
        ChunkStatistics? statistics = null;
        for (int field = 0; reader.Next(ref field, out var type);)
        {
            switch (field)
            {
                case 1: physical = reader.Int32(type); break;
                case 2: encodings = ReadEncodings(ref reader, type); break;
                case 3: path = ReadPath(ref reader, type); break;
                case 4: codec = reader.Int32(type); break;
                case 5: values = reader.Int64(type); break;
                case 6: uncompressed = reader.Int64(type); break;
                case 7: compressed = reader.Int64(type); break;
                case 8: metadata = KeyValue.ReadAll(ref reader, type); break;
                case 9: dataOffset = reader.Int64(type); break;
                case 11: dictionaryOffset = reader.Int64(type); break;
                case 12: statistics = ChunkStatistics.Read(ref reader, type); break;
                default: reader.Skip(type); break;
            }
        }
        if (physical < 0 || codec < 0 || values < 0 || uncompressed < 0 || compressed < 0 || dataOffset < 0)
            throw reader.Damaged("type, codec, counts, sizes and offset of a column chunk");
        return new(
            (PhysicalType)physical, encodings, path, (PageCodec)codec, values, uncompressed, compressed, metadata,
            dataOffset, dictionaryOffset, statistics);
    }

    private static ImmutableArray<PageEncoding> ReadEncodings(ref CompactReader reader, CompactType type)
    {
        var encodings = new PageEncoding[reader.List(type, CompactType.Int32)];
        for (int i = 0; i < encodings.Length; i++) encodings[i] = (PageEncoding)reader.Int32Element();
        return [.. encodings];
    }

    private static ImmutableArray<string> ReadPath(ref CompactReader reader, CompactType type)
    {
        string[] path = new string[reader.List(type, CompactType.Binary)];
        for (int i = 0; i < path.Length; i++) path[i] = reader.TextElement();
        return [.. path];
    }
}
