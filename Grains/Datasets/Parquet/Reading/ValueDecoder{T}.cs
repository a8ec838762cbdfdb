using System.Buffers;
using Sweeps.Grains.Datasets.Parquet.Encodings;
using Sweeps.Grains.Datasets.Parquet.Metadata;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets.Parquet.Reading;

/// <summary>What decoders of all types share: rows without a value, and dictionaries.</summary>
internal abstract class ValueDecoder<T>(int capacity) : ValueDecoder
    where T : notnull
{
    private readonly ColumnBuffer<T> buffer = new(capacity);
    private T[]? dictionary;

    /// <inheritdoc/>
    public override ColumnBuffer Buffer => buffer;

    /// <inheritdoc/>
    public override bool Supports(PageEncoding encoding) =>
        encoding is PageEncoding.Plain or PageEncoding.RleDictionary or PageEncoding.PlainDictionary;

    /// <inheritdoc/>
    public override void DecodeDictionary(ReadOnlySpan<byte> page, int count)
    {
        // An entry takes at least a bit, so memory is taken only for what the page can hold.
        if (count > 8L * page.Length) throw new InvalidDataException($"{count} dictionary entries in {page.Length} bytes");
        T[] entries = new T[count];
        DecodePlain(page, entries);
        dictionary = entries;
    }

    /// <inheritdoc/>
    public override void Decode(ReadOnlySpan<byte> page, PageEncoding encoding, ReadOnlySpan<bool> present, int rows)
    {
        var slots = present.IsEmpty ? buffer.Extend(rows) : buffer.ExtendPacked(present);
        if (encoding is PageEncoding.RleDictionary or PageEncoding.PlainDictionary) DecodeIndices(page, slots);
        else DecodeValues(page, encoding, slots);
        if (!present.IsEmpty) buffer.Spread(present);
    }

    /// <summary>Values in an encoding other than by dictionary.</summary>
    protected virtual void DecodeValues(ReadOnlySpan<byte> page, PageEncoding encoding, Span<T> values) => DecodePlain(page, values);

    protected abstract void DecodePlain(ReadOnlySpan<byte> page, Span<T> values);

    private void DecodeIndices(ReadOnlySpan<byte> page, Span<T> values)
    {
        if (values.IsEmpty) return;
        if (dictionary is null) throw new InvalidDataException("a dictionary before its indices");
        if (page.IsEmpty) throw new InvalidDataException("the bit width of indices");
        int[] rented = ArrayPool<int>.Shared.Rent(values.Length);
        try
        {
            var indices = rented.AsSpan(0, values.Length);
            HybridDecoder.Decode(page[1..], page[0], indices);
            var entries = dictionary.AsSpan();
            for (int i = 0; i < indices.Length; i++)
            {
                int index = indices[i];
                if ((uint)index >= (uint)entries.Length)
                    throw new InvalidDataException($"an index below {entries.Length}, not {(uint)index}");
                values[i] = entries[index];
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }
}
