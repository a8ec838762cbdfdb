using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Sweeps.Grains.Datasets.Parquet.Encodings;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets.Parquet.Writing;

/// <summary>Numbers, by dictionary or PLAIN (little-endian, as they lie in memory).</summary>
/// <typeparam name="T">int, long, float or double.</typeparam>
/// <typeparam name="TBits">The unsigned integer of the same size.</typeparam>
internal sealed class FixedValues<T, TBits> : ValueEncoder
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
    where TBits : unmanaged, IBinaryInteger<TBits>, IUnsignedNumber<TBits>
{
    private readonly PresentValues<T> values;
    private readonly TBits[]? dictionary;
    private readonly int[] indices;

    public FixedValues(ColumnBuffer<T> buffer)
    {
        values = new(buffer);
        indices = ArrayPool<int>.Shared.Rent(values.Span.Length);
        dictionary = FixedDictionary<TBits>.Build(MemoryMarshal.Cast<T, TBits>(values.Span), indices);
    }

    public override int DictionaryCount => dictionary?.Length ?? 0;

    public override void EncodeDictionary(ByteSink page) => page.Write(MemoryMarshal.AsBytes<TBits>(dictionary));

    public override void Encode(ByteSink page, int from, int count)
    {
        if (dictionary is null) page.Write(MemoryMarshal.AsBytes(values.Span.Slice(from, count)));
        else EncodeIndices(page, indices.AsSpan(from, count), dictionary.Length);
    }

    public override (byte[]? Minimum, byte[]? Maximum) Bounds() =>
        Encodings.Bounds.Of(dictionary is null ? values.Span : MemoryMarshal.Cast<TBits, T>(dictionary));

    public override void Dispose()
    {
        ArrayPool<int>.Shared.Return(indices);
        values.Dispose();
    }
}
