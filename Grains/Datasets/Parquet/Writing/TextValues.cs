using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Sweeps.Grains.Datasets.Parquet.Encodings;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets.Parquet.Writing;

/// <summary>Texts, by dictionary or PLAIN: the length in four bytes, then UTF-8.</summary>
internal sealed class TextValues : ValueEncoder
{
    /// <summary>Lone surrogates have no UTF-8: refused rather than replaced.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly PresentValues<string> values;
    private readonly string[]? dictionary;
    private readonly int[] indices;

    public TextValues(ColumnBuffer<string> buffer)
    {
        values = new(buffer);
        if (values.Span.Contains(null)) throw new ArgumentException("a text is null: rows without a value are appended as such");
        indices = ArrayPool<int>.Shared.Rent(values.Span.Length);
        dictionary = TextDictionary.Build(values.Span, indices);
    }

    public override int DictionaryCount => dictionary?.Length ?? 0;

    public override void EncodeDictionary(ByteSink page) => EncodePlain(page, dictionary);

    public override void Encode(ByteSink page, int from, int count)
    {
        if (dictionary is null) EncodePlain(page, values.Span.Slice(from, count));
        else EncodeIndices(page, indices.AsSpan(from, count), dictionary.Length);
    }

    /// <inheritdoc/>
    public override int Fitting(int from, int count)
    {
        if (dictionary is not null) return count;
        long bytes = 0;
        for (int i = 0; i < count; i++)
        {
            bytes += sizeof(int) + Utf8.GetByteCount(values.Span[from + i]);
            if (bytes > ColumnChunkWriter.PageBytes) return int.Max(1, i);
        }
        return count;
    }

    public override (byte[]? Minimum, byte[]? Maximum) Bounds() => Encodings.Bounds.Of(dictionary ?? values.Span);

    public override void Dispose()
    {
        ArrayPool<int>.Shared.Return(indices);
        values.Dispose();
    }

    private static void EncodePlain(ByteSink page, ReadOnlySpan<string> texts)
    {
        foreach (string text in texts)
        {
            var room = page.Reserve(sizeof(int) + (3L * text.Length));
            int size;
            try
            {
                size = Utf8.GetBytes(text, room[sizeof(int)..]);
            }
            catch (EncoderFallbackException cause)
            {
                throw new ArgumentException($"a text has half of a surrogate pair at character {cause.Index}", cause);
            }
            BinaryPrimitives.WriteInt32LittleEndian(room, size);
            page.Advance(sizeof(int) + size);
        }
    }
}
