using System.Runtime.InteropServices;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets.Parquet.Writing;

/// <summary>Booleans, PLAIN: a bit each, lowest first.</summary>
internal sealed class BoolValues(ColumnBuffer<bool> buffer) : ValueEncoder
{
    private readonly PresentValues<bool> values = new(buffer);

    public override int DictionaryCount => 0;

    public override void EncodeDictionary(ByteSink page) => throw new InvalidOperationException("booleans have no dictionary");

    public override void Encode(ByteSink page, int from, int count)
    {
        var bits = page.Reserve((count + 7) / 8);
        var bytes = MemoryMarshal.AsBytes(values.Span.Slice(from, count));
        int used = 0;
        foreach (ulong eight in MemoryMarshal.Cast<byte, ulong>(bytes[..(count & ~7)]))
        {
            // Moves bit 0 of byte i to bit 56 + i; the sums never carry.
            bits[used++] = (byte)((eight * 0x0102040810204080UL) >> 56);
        }
        if ((count & 7) != 0)
        {
            int last = 0;
            for (int i = count & ~7; i < count; i++) last |= bytes[i] << (i & 7);
            bits[used++] = (byte)last;
        }
        page.Advance(used);
    }

    public override (byte[]? Minimum, byte[]? Maximum) Bounds() =>
        values.Span.IsEmpty ? (null, null) : ([(byte)(values.Span.Contains(false) ? 0 : 1)], [(byte)(values.Span.Contains(true) ? 1 : 0)]);

    public override void Dispose() => values.Dispose();
}
