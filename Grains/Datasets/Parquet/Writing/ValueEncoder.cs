using Sweeps.Grains.Datasets.Parquet.Metadata;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets.Parquet.Writing;

/// <summary>
/// Turns the values of one column chunk, those of rows without a value left out, into the bytes of pages. One call per page.
/// </summary>
internal abstract class ValueEncoder : IDisposable
{
    /// <summary>Entries of the dictionary, 0 where there is none.</summary>
    public abstract int DictionaryCount { get; }

    /// <summary>Encoding of data pages.</summary>
    public PageEncoding Encoding => DictionaryCount > 0 ? PageEncoding.RleDictionary : PageEncoding.Plain;

    /// <summary>Appends the dictionary, PLAIN.</summary>
    public abstract void EncodeDictionary(ByteSink page);

    /// <summary>Appends values <paramref name="from"/> to <paramref name="from"/> + <paramref name="count"/>.</summary>
    public abstract void Encode(ByteSink page, int from, int count);

    /// <summary>How many of the next <paramref name="count"/> values one page should take: at least one.</summary>
    public virtual int Fitting(int from, int count) => count;

    /// <summary>Least and greatest value.</summary>
    public abstract (byte[]? Minimum, byte[]? Maximum) Bounds();

    public abstract void Dispose();

    public static ValueEncoder Of(ColumnBuffer buffer) => buffer switch
    {
        ColumnBuffer<int> values => new FixedValues<int, uint>(values),
        ColumnBuffer<long> values => new FixedValues<long, ulong>(values),
        ColumnBuffer<float> values => new FixedValues<float, uint>(values),
        ColumnBuffer<double> values => new FixedValues<double, ulong>(values),
        ColumnBuffer<bool> values => new BoolValues(values),
        ColumnBuffer<string> values => new TextValues(values),
        _ => throw new NotSupportedException($"no encoding for {buffer.Type}"),
    };

    /// <summary>Appends dictionary indices: their bit width in a byte, then the hybrid encoding.</summary>
    protected static void EncodeIndices(ByteSink page, ReadOnlySpan<int> indices, int entries)
    {
        int width = Encodings.HybridEncoder.WidthOf(entries - 1);
        page.WriteByte((byte)width);
        Encodings.HybridEncoder.Encode(indices, width, page);
    }
}
