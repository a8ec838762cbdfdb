using System.Globalization;
using System.Text;
using Sweeps.Grains.Datasets.Parquet.Metadata;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets.Parquet;

/// <summary>
/// Parquet has checksums for pages, none for what leads to them. So a footer of ours carries its own CRC-32 as the value of its last key, eight
/// hexadecimal digits, counted with zeros in their place; and each column chunk carries the CRC-32 of its page headers. Other readers see two
/// more keys.
/// </summary>
internal static class FooterSeal
{
    public const string FooterKey = "sweeps.footer.crc32";
    public const string PageHeadersKey = "sweeps.page_headers.crc32";

    /// <summary>A file that names this writer must be sealed.</summary>
    private const string Writer = "sweeps version ";

    private const int Digits = 8;

    public static string CreatedBy { get; } = Writer + typeof(FooterSeal).Assembly.GetName().Version!.ToString(3);

    /// <summary>The key with zeros, to be written last and then <see cref="Patch"/>ed.</summary>
    public static KeyValue Open { get; } = new(FooterKey, new string('0', Digits));

    public static KeyValue OfPageHeaders(uint crc) => new(PageHeadersKey, Text(crc));

    /// <summary>Puts the CRC of the whole sink into the digits that end at <paramref name="end"/>.</summary>
    public static void Patch(ByteSink footer, int end) => footer.Patch(end - Digits, Encoding.ASCII.GetBytes(Text(Crc32.Of(footer.Written))));

    /// <exception cref="DamagedFileException">The footer says that it is sealed, or by whom it was written, and is not as it was.</exception>
    public static void Check(FileFooter footer, ReadOnlySpan<byte> bytes, string fileName, long offset)
    {
        var seal = footer.Metadata.FirstOrDefault(pair => pair.Key == FooterKey);
        bool ours = footer.CreatedBy?.StartsWith(Writer, StringComparison.Ordinal) == true;
        if (seal is null && !ours) return;
        if (seal is null || seal.Value.Length != Digits || seal.ValueEnd < Digits)
            throw new DamagedFileException(fileName, offset, $"expected eight digits under '{FooterKey}' in a file of this writer");
        int start = seal.ValueEnd - Digits;
        uint crc = Crc32.Continue(Crc32.Continue(Crc32.Of(bytes[..start]), "00000000"u8), bytes[seal.ValueEnd..]);
        if (seal.Value != Text(crc)) throw new DamagedFileException(fileName, offset, $"expected a footer with CRC-32 {seal.Value}, not {Text(crc)}");
    }

    public static string Text(uint crc) => crc.ToString("x8", CultureInfo.InvariantCulture);
}
