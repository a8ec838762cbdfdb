using System.Collections.Immutable;
using Sweeps.Grains.Datasets.Parquet.Compression;
using Sweeps.Grains.Datasets.Parquet.Encodings;
using Sweeps.Grains.Datasets.Parquet.Metadata;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets.Parquet.Writing;

/// <summary>Encodes one column of a batch. The bytes depend on the values alone.</summary>
internal static class ColumnChunkWriter
{
    /// <summary>About the size of a page before compression.</summary>
    public const int PageBytes = 1 << 20;

    /// <summary>So many of the largest numbers fill a page.</summary>
    private const int PageRows = PageBytes / sizeof(double);

    public static EncodedChunk Encode(TableColumn column, ColumnBuffer buffer, PageCodec codec)
    {
        var pages = new ChunkPages(codec);
        try
        {
            using var values = ValueEncoder.Of(buffer);
            long? dictionaryOffset = null;
            if (values.DictionaryCount > 0)
            {
                dictionaryOffset = 0;
                values.EncodeDictionary(pages.Body);
                pages.Append(PageKind.Dictionary, PageEncoding.Plain, values.DictionaryCount);
            }
            long dataOffset = pages.Bytes.Length;
            EncodePages(column, buffer, values, pages);
            pages.End();
            var (minimum, maximum) = values.Bounds();
            return new(pages, new ColumnChunk(
                ParquetSchema.PhysicalTypeOf(column.Type),
                Encodings(values.DictionaryCount > 0, column.Nullable),
                [column.Name],
                pages.Codec,
                buffer.Count,
                pages.UncompressedSize,
                pages.Bytes.Length,
                [.. ColumnNotes.OfChunk(column), FooterSeal.OfPageHeaders(pages.HeadersCrc)],
                dataOffset,
                dictionaryOffset,
                new ChunkStatistics(buffer.NullCount, minimum, maximum)));
        }
        catch (ArgumentException cause)
        {
            pages.Dispose();
            throw new ArgumentException($"column '{column.Name}': {cause.Message}", cause);
        }
    }

    private static void EncodePages(TableColumn column, ColumnBuffer buffer, ValueEncoder values, ChunkPages pages)
    {
        var validity = buffer.Validity;
        int value = 0;
        for (int row = 0; row < buffer.Count;)
        {
            int rows = int.Min(PageRows, buffer.Count - row);
            int count = validity.IsEmpty ? rows : validity.Slice(row, rows).Count(true);
            int fitting = count == 0 ? 0 : values.Fitting(value, count);
            if (fitting < count)
            {
                rows = validity.IsEmpty ? fitting : RowsOf(validity[row..], fitting);
                count = fitting;
            }
            if (column.Nullable) DefinitionLevels.Encode(count == rows ? [] : validity.Slice(row, rows), rows, pages.Body);
            if (count > 0 || values.DictionaryCount > 0) values.Encode(pages.Body, value, count);
            pages.Append(PageKind.Data, values.Encoding, rows);
            row += rows;
            value += count;
        }
    }

    /// <summary>The fewest rows that hold so many values.</summary>
    private static int RowsOf(ReadOnlySpan<bool> validity, int values)
    {
        int rows = 0;
        while (values > 0)
        {
            if (validity[rows++]) values--;
        }
        return rows;
    }

    private static ImmutableArray<PageEncoding> Encodings(bool dictionary, bool nullable)
    {
        List<PageEncoding> all = [PageEncoding.Plain];
        if (nullable || dictionary) all.Add(PageEncoding.Rle);
        if (dictionary) all.Add(PageEncoding.RleDictionary);
        return [.. all];
    }
}
