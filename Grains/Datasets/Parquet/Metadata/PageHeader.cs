using Sweeps.Grains.Datasets.Parquet.Thrift;

namespace Sweeps.Grains.Datasets.Parquet.Metadata;

/// <summary>What stands before a page.</summary>
/// <param name="Kind">Which page.</param>
/// <param name="UncompressedSize">Bytes of the page as it is decoded.</param>
/// <param name="CompressedSize">Bytes of the page in the file, after this header.</param>
/// <param name="Crc">CRC-32 of those bytes, if given.</param>
/// <param name="ValueCount">Rows, those without a value too; in a dictionary, its entries.</param>
/// <param name="Encoding">Encoding of the values.</param>
internal sealed record PageHeader(PageKind Kind, int UncompressedSize, int CompressedSize, uint? Crc, int ValueCount, PageEncoding Encoding)
{
    /// <summary>Encoding of the definition levels.</summary>
    public PageEncoding LevelEncoding { get; init; } = PageEncoding.Rle;

    /// <summary>
    /// Of a page of the second version: uncompressed bytes of repetition and of definition levels in front of the values.
    /// </summary>
    public int RepetitionBytes { get; init; }

    /// <inheritdoc cref="RepetitionBytes"/>
    public int DefinitionBytes { get; init; }

    /// <summary>Of a page of the second version: whether its values are compressed.</summary>
    public bool ValuesCompressed { get; init; } = true;

    public void Write(CompactWriter writer)
    {
        writer.BeginElement();
        writer.Int32(1, (int)Kind);
        writer.Int32(2, UncompressedSize);
        writer.Int32(3, CompressedSize);
        if (Crc is { } crc) writer.Int32(4, (int)crc);
        writer.BeginStruct(Kind == PageKind.Dictionary ? 7 : 5);
        writer.Int32(1, ValueCount);
        writer.Int32(2, (int)Encoding);
        if (Kind == PageKind.Data)
        {
            writer.Int32(3, (int)PageEncoding.Rle);
            writer.Int32(4, (int)PageEncoding.Rle);
        }
        writer.End();
        writer.End();
    }

    public static PageHeader Read(ref CompactReader reader)
    {
        int kind = -1, uncompressed = -1, compressed = -1;
        uint? crc = null;
        PageHeader? detail = null;
        for (int field = 0; reader.Next(ref field, out var type);)
        {
            switch (field)
            {
                case 1: kind = reader.Int32(type); break;
                case 2: uncompressed = reader.Int32(type); break;
                case 3: compressed = reader.Int32(type); break;
                case 4: crc = (uint)reader.Int32(type); break;
                case 5: detail = ReadDetail(ref reader, type, PageKind.Data); break;
                case 7: detail = ReadDetail(ref reader, type, PageKind.Dictionary); break;
                case 8: detail = ReadDetailV2(ref reader, type); break;
                default: reader.Skip(type); break;
            }
        }
        if (uncompressed < 0 || compressed < 0) throw reader.Damaged("sizes in a page header");
        if (detail is null || detail.Kind != (PageKind)kind || detail.ValueCount < 0) throw reader.Damaged("a data or dictionary page");
        return detail with { UncompressedSize = uncompressed, CompressedSize = compressed, Crc = crc };
    }

    private static PageHeader ReadDetail(ref CompactReader reader, CompactType structType, PageKind kind)
    {
        reader.Expect(structType, CompactType.Struct);
        int values = -1, encoding = -1, levels = (int)PageEncoding.Rle;
        for (int field = 0; reader.Next(ref field, out var type);)
        {
            switch (field)
            {
                case 1: values = reader.Int32(type); break;
                case 2: encoding = reader.Int32(type); break;
                case 3 when kind == PageKind.Data: levels = reader.Int32(type); break;
                default: reader.Skip(type); break;
            }
        }
        return new(kind, 0, 0, null, values, (PageEncoding)encoding) { LevelEncoding = (PageEncoding)levels };
    }

    private static PageHeader ReadDetailV2(ref CompactReader reader, CompactType structType)
    {
        reader.Expect(structType, CompactType.Struct);
        int values = -1, encoding = -1, definition = -1, repetition = -1;
        bool compressed = true;
        for (int field = 0; reader.Next(ref field, out var type);)
        {
            switch (field)
            {
                case 1: values = reader.Int32(type); break;
                case 4: encoding = reader.Int32(type); break;
                case 5: definition = reader.Int32(type); break;
                case 6: repetition = reader.Int32(type); break;
                case 7: compressed = reader.Bool(type); break;
                default: reader.Skip(type); break;
            }
        }
        if (definition < 0 || repetition < 0) throw reader.Damaged("the sizes of levels");
        return new(PageKind.DataV2, 0, 0, null, values, (PageEncoding)encoding)
        {
            DefinitionBytes = definition,
            RepetitionBytes = repetition,
            ValuesCompressed = compressed,
        };
    }
}
