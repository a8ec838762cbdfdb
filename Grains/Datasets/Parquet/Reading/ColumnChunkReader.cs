using System.Buffers;
using System.Buffers.Binary;
using Sweeps.Grains.Datasets.Parquet.Compression;
using Sweeps.Grains.Datasets.Parquet.Encodings;
using Sweeps.Grains.Datasets.Parquet.Metadata;
using Sweeps.Grains.Datasets.Parquet.Thrift;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets.Parquet.Reading;

/// <summary>Reads the pages of one column chunk. Whatever is wrong is refused with the offset of its page.</summary>
internal sealed class ColumnChunkReader
{
    private readonly SourceFile file;
    private readonly TableColumn column;
    private readonly ColumnChunk chunk;
    private readonly ValueDecoder values;
    private byte[] unpacked = [];

    private ColumnChunkReader(SourceFile file, TableColumn column, ColumnChunk chunk)
    {
        this.file = file;
        this.column = column;
        this.chunk = chunk;
        values = ValueDecoder.Of(column.Type, (int)long.Min(chunk.ValueCount, ParquetLimits.SlotsPerByte * chunk.CompressedSize));
    }

    public static ColumnBuffer Read(SourceFile file, TableColumn column, ColumnChunk chunk)
    {
        if (!PageCompression.Supports(chunk.Codec))
            throw file.Unsupported(chunk.Start, $"column '{column.Name}' is compressed by {chunk.Codec}");
        byte[] bytes = ArrayPool<byte>.Shared.Rent((int)chunk.CompressedSize);
        var reader = new ColumnChunkReader(file, column, chunk);
        try
        {
            var all = bytes.AsSpan(0, (int)chunk.CompressedSize);
            file.Read(chunk.Start, all);
            reader.ReadPages(all);
            return reader.values.Buffer;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            if (reader.unpacked.Length > 0) ArrayPool<byte>.Shared.Return(reader.unpacked);
        }
    }

    private void ReadPages(ReadOnlySpan<byte> bytes)
    {
        uint headersCrc = 0;
        for (int position = 0; position < bytes.Length;)
        {
            long offset = chunk.Start + position;
            var reader = new CompactReader(bytes[position..], file.Name, offset);
            var header = PageHeader.Read(ref reader);
            headersCrc = Crc32.Continue(headersCrc, bytes.Slice(position, reader.Position));
            position += reader.Position;
            if (header.CompressedSize > bytes.Length - position)
                throw file.Damaged(offset, $"expected a page of at most {bytes.Length - position} bytes, not {header.CompressedSize}");
            ReadPage(header, bytes.Slice(position, header.CompressedSize), offset);
            position += header.CompressedSize;
        }
        if (values.Buffer.Count != chunk.ValueCount)
            throw file.Damaged(
                chunk.Start + bytes.Length, $"expected {chunk.ValueCount} rows of column '{column.Name}', not {values.Buffer.Count}");
        if (FooterSeal.OfPageHeaders(chunk) is { } expected && expected != FooterSeal.Text(headersCrc))
            throw file.Damaged(chunk.Start, $"expected page headers with CRC-32 {expected}, not {FooterSeal.Text(headersCrc)}");
    }

    private void ReadPage(PageHeader header, ReadOnlySpan<byte> stored, long offset)
    {
        if (header.Crc is { } crc && Crc32.Of(stored) != crc)
            throw file.Damaged(offset, $"expected a page with CRC-32 {crc:x8}, not {Crc32.Of(stored):x8}");
        if (header.Kind != PageKind.Dictionary && header.ValueCount > chunk.ValueCount - values.Buffer.Count)
            throw file.Damaged(offset, $"expected at most {chunk.ValueCount - values.Buffer.Count} more rows, not {header.ValueCount}");
        bool known = header.Kind == PageKind.Dictionary
            ? header.Encoding is PageEncoding.Plain or PageEncoding.PlainDictionary
            : values.Supports(header.Encoding);
        if (!known) throw file.Unsupported(offset, $"column '{column.Name}' is encoded by {header.Encoding}");
        try
        {
            switch (header.Kind)
            {
                case PageKind.Dictionary:
                    values.DecodeDictionary(Unpack(chunk.Codec, stored, header.UncompressedSize), header.ValueCount);
                    break;
                case PageKind.Data: ReadData(header, Unpack(chunk.Codec, stored, header.UncompressedSize), offset); break;
                default: ReadDataV2(header, stored); break;
            }
        }
        catch (InvalidDataException cause)
        {
            throw file.Damaged(offset, $"expected {cause.Message} in a page of column '{column.Name}'", cause);
        }
    }

    private void ReadData(PageHeader header, ReadOnlySpan<byte> page, long offset)
    {
        if (!column.Nullable)
        {
            values.Decode(page, header.Encoding, [], header.ValueCount);
            return;
        }
        if (header.LevelEncoding != PageEncoding.Rle)
            throw file.Unsupported(offset, $"definition levels are encoded by {header.LevelEncoding}");
        if (page.Length < sizeof(int)) throw new InvalidDataException("the length of definition levels");
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(page);
        if (length > page.Length - sizeof(int)) throw new InvalidDataException("definition levels within the page");
        var levels = page.Slice(sizeof(int), (int)length);
        DecodeRows(header, levels, page[(sizeof(int) + (int)length)..]);
    }

    private void ReadDataV2(PageHeader header, ReadOnlySpan<byte> stored)
    {
        if (header.RepetitionBytes != 0) throw new InvalidDataException("no repetition levels");
        if (header.DefinitionBytes > int.Min(stored.Length, header.UncompressedSize))
            throw new InvalidDataException("definition levels within the page");
        var codec = header.ValuesCompressed ? chunk.Codec : PageCodec.Uncompressed;
        var levels = stored[..header.DefinitionBytes];
        var packed = stored[header.DefinitionBytes..];
        var page = packed.IsEmpty ? [] : Unpack(codec, packed, header.UncompressedSize - header.DefinitionBytes);
        if (column.Nullable) DecodeRows(header, levels, page);
        else values.Decode(page, header.Encoding, [], header.ValueCount);
    }

    private void DecodeRows(PageHeader header, ReadOnlySpan<byte> levels, ReadOnlySpan<byte> page)
    {
        int rows = header.ValueCount;
        if (DefinitionLevels.AllPresent(levels, rows))
        {
            values.Decode(page, header.Encoding, [], rows);
            return;
        }
        bool[] rented = ArrayPool<bool>.Shared.Rent(rows);
        try
        {
            var present = rented.AsSpan(0, rows);
            DefinitionLevels.Decode(levels, present);
            values.Decode(page, header.Encoding, present, rows);
        }
        finally
        {
            ArrayPool<bool>.Shared.Return(rented);
        }
    }

    /// <summary>The page as it is decoded: the stored bytes themselves, or memory that the next page uses again.</summary>
    private ReadOnlySpan<byte> Unpack(PageCodec codec, ReadOnlySpan<byte> stored, int size)
    {
        if (!PageCompression.CanYield(codec, stored.Length, size))
            throw new InvalidDataException($"fewer than {size} bytes out of {stored.Length} of {codec}");
        if (codec == PageCodec.Uncompressed) return stored;
        if (unpacked.Length < size)
        {
            if (unpacked.Length > 0) ArrayPool<byte>.Shared.Return(unpacked);
            unpacked = [];
            unpacked = ArrayPool<byte>.Shared.Rent(size);
        }
        var target = unpacked.AsSpan(0, size);
        PageCompression.Decompress(codec, stored, target);
        return target;
    }
}
