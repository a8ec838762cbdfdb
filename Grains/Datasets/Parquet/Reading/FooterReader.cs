using System.Buffers.Binary;
using System.Collections.Immutable;
using Sweeps.Grains.Datasets.Parquet.Metadata;
using Sweeps.Grains.Datasets.Parquet.Thrift;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets.Parquet.Reading;

/// <summary>Reads the end of a file, and checks that it agrees with itself and with the file's length.</summary>
internal static class FooterReader
{
    /// <summary>The length of the footer and the magic bytes.</summary>
    private const int TailBytes = 8;

    /// <summary>The footer, and where in the file it begins.</summary>
    public static (FileFooter Footer, long Offset) Read(SourceFile file)
    {
        long smallest = ParquetMagic.Bytes.Length + TailBytes;
        if (file.Length < smallest)
            throw file.Damaged(0, $"expected a Parquet file, which has at least {smallest} bytes, not {file.Length}");
        Span<byte> ends = stackalloc byte[4 + TailBytes];
        file.Read(0, ends[..4]);
        file.Read(file.Length - TailBytes, ends[4..]);
        if (ends[8..].SequenceEqual(ParquetMagic.Encrypted)) throw file.Unsupported(file.Length - 4, "its footer is encrypted");
        if (!ends[..4].SequenceEqual(ParquetMagic.Bytes)) throw file.Damaged(0, "expected the bytes 'PAR1'");
        if (!ends[8..].SequenceEqual(ParquetMagic.Bytes))
            throw file.Damaged(file.Length - 4, "expected the bytes 'PAR1' at the end: was the file written to its end?");
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(ends[4..]);
        if (length > file.Length - smallest || length > Array.MaxLength)
            throw file.Damaged(file.Length - TailBytes, $"expected a footer of at most {file.Length - smallest} bytes, not {length}");

        long offset = file.Length - TailBytes - length;
        byte[] bytes = new byte[length];
        file.Read(offset, bytes);
        bool isSealed = FooterSeal.Check(bytes, file.Name, offset);
        var reader = new CompactReader(bytes, file.Name, offset);
        var footer = FileFooter.Read(ref reader);
        if (reader.Position != bytes.Length)
            throw reader.Damaged($"the footer to end here, not {bytes.Length - reader.Position} bytes further on");
        if (!isSealed) FooterSeal.Demand(footer, file.Name, offset);
        return (footer, offset);
    }

    /// <summary>Checks row groups and column chunks against the columns and the room before the footer.</summary>
    public static void Check(SourceFile file, FileFooter footer, long footerOffset, ImmutableArray<TableColumn> columns)
    {
        long rows = 0;
        foreach (var group in footer.Groups)
        {
            if (group.RowCount > ParquetLimits.GroupRows)
                throw file.Unsupported(footerOffset, $"a row group of {group.RowCount} rows, {ParquetLimits.GroupRows} are the most");
            if (group.Chunks.Length != columns.Length)
                throw file.Damaged(footerOffset, $"expected {columns.Length} columns in each row group, not {group.Chunks.Length}");
            for (int i = 0; i < columns.Length; i++) Check(file, group.Chunks[i], group.RowCount, footerOffset, columns[i]);
            rows += group.RowCount;
        }
        if (rows != footer.RowCount) throw file.Damaged(footerOffset, $"expected {footer.RowCount} rows in all row groups, not {rows}");
    }

    private static void Check(SourceFile file, ColumnChunk chunk, long rows, long footerOffset, TableColumn column)
    {
        if (chunk.Path.Length != 1 || chunk.Path[0] != column.Name)
            throw file.Damaged(footerOffset, $"expected column '{column.Name}', not '{string.Join('.', chunk.Path)}'");
        if (chunk.Type != ParquetSchema.PhysicalTypeOf(column.Type))
            throw file.Damaged(
                footerOffset, $"expected column '{column.Name}' of type {ParquetSchema.PhysicalTypeOf(column.Type)}, not {chunk.Type}");
        if (chunk.ValueCount != rows)
            throw file.Damaged(footerOffset, $"expected {rows} rows of column '{column.Name}', not {chunk.ValueCount}");
        if (chunk.Start < ParquetMagic.Bytes.Length || chunk.Start > footerOffset || chunk.CompressedSize > footerOffset - chunk.Start)
            throw file.Damaged(
                footerOffset, $"expected column '{column.Name}' within the file, not {chunk.CompressedSize} bytes from {chunk.Start}");
        if (chunk.CompressedSize > Array.MaxLength)
            throw file.Unsupported(chunk.Start, $"column '{column.Name}' has more than 2 GiB in one row group");
    }
}
