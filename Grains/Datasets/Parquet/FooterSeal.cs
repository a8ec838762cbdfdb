using System.Buffers.Binary;
using System.Globalization;
using Sweeps.Grains.Datasets.Parquet.Metadata;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets.Parquet;

/// <summary>
/// Parquet has checksums for pages, none for what leads to them. So a footer of ours ends in a field of its own with the CRC-32 of all
/// before it,
/// and each column chunk has the CRC-32 of its page headers among its keys. Other readers pass over both. The field has the id that the
/// format
/// keeps for extensions and stands at a fixed distance from the file's end, so that it is found whatever has become of the rest; and as no
/// program copies it into a file that it writes, a seal is always by who wrote the file.
/// </summary>
internal static class FooterSeal
{
    private const string PageHeadersKey = "sweeps.page_headers.crc32";

    /// <summary>A file that names this writer must be sealed.</summary>
    private const string Writer = "sweeps version ";

    private const int CrcAt = 5;
    private const int Size = 26;

    public static string CreatedBy { get; } = Writer + typeof(FooterSeal).Assembly.GetName().Version!.ToString(3);

    /// <summary>
    /// A Thrift field of type binary with id 32767 and 20 bytes: four for the CRC, sixteen that say what it is; then the end of the
    /// struct.
    /// </summary>
    private static readonly byte[] Form = [0x08, 0xFE, 0xFF, 0x03, 20, 0, 0, 0, 0, .. "sweeps footer v1"u8, 0x00];

    /// <summary>Seals a footer, whose last byte ends its struct.</summary>
    public static void Append(ByteSink footer)
    {
        footer.Truncate(footer.Length - 1);
        Span<byte> seal = stackalloc byte[Size];
        Form.CopyTo(seal);
        BinaryPrimitives.WriteUInt32LittleEndian(seal[CrcAt..], Crc32.Of(footer.Written));
        footer.Write(seal);
    }

    /// <summary>Holds a footer against its seal, before a byte of it is believed; false if it has none.</summary>
    /// <exception cref="DamagedFileException">It is not as it was sealed.</exception>
    public static bool Check(ReadOnlySpan<byte> footer, string fileName, long offset)
    {
        if (footer.Length < Size) return false;
        var seal = footer[^Size..];
        const int afterCrc = CrcAt + sizeof(uint);
        if (!seal[..CrcAt].SequenceEqual(Form.AsSpan(0, CrcAt)) || !seal[afterCrc..].SequenceEqual(Form.AsSpan(afterCrc))) return false;
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(seal[CrcAt..]);
        uint found = Crc32.Of(footer[..^Size]);
        if (found == expected) return true;
        throw new DamagedFileException(fileName, offset, $"expected a footer with CRC-32 {Text(expected)}, not {Text(found)}");
    }

    /// <exception cref="DamagedFileException">A file of this writer has no seal.</exception>
    public static void Demand(FileFooter footer, string fileName, long offset)
    {
        if (footer.CreatedBy?.StartsWith(Writer, StringComparison.Ordinal) == true)
            throw new DamagedFileException(fileName, offset, "expected the seal that this writer puts at a footer's end");
    }

    public static KeyValue OfPageHeaders(uint crc) => new(PageHeadersKey, Text(crc));

    /// <summary>The CRC that the page headers of a chunk should have, as text; null if it does not say.</summary>
    public static string? OfPageHeaders(ColumnChunk chunk) => chunk.Metadata.FirstOrDefault(pair => pair.Key == PageHeadersKey)?.Value;

    public static string Text(uint crc) => crc.ToString("x8", CultureInfo.InvariantCulture);
}
