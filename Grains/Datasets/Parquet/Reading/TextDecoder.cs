using System.Buffers.Binary;
using System.Text;

namespace Sweeps.Grains.Datasets.Parquet.Reading;

/// <summary>Texts: the length in four bytes, then UTF-8. Those of a dictionary are made once and shared by all rows.</summary>
internal sealed class TextDecoder(int capacity) : ValueDecoder<string>(capacity)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <inheritdoc/>
    protected override void DecodePlain(ReadOnlySpan<byte> page, Span<string> values)
    {
        foreach (ref string value in values)
        {
            if (page.Length < sizeof(int)) throw new InvalidDataException("the length of a text");
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(page);
            if (size > page.Length - sizeof(int)) throw new InvalidDataException("a text within its page");
            value = Decode(page.Slice(sizeof(int), (int)size));
            page = page[(sizeof(int) + (int)size)..];
        }
        if (!page.IsEmpty) throw new InvalidDataException($"{values.Length} texts, and {page.Length} bytes less behind them");
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException cause)
        {
            throw new InvalidDataException("text in UTF-8", cause);
        }
    }
}
