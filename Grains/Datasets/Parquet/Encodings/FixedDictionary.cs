using System.Numerics;

namespace Sweeps.Grains.Datasets.Parquet.Encodings;

/// <summary>
/// The distinct values of a numeric column in the order of their first occurrence, and for each row the index of its value. Values are
/// compared
/// as bits, so −0 and every NaN survive. Built only where it pays, which depends on the values alone.
/// </summary>
/// <typeparam name="TBits">uint or ulong: the values' bits.</typeparam>
internal static class FixedDictionary<TBits>
    where TBits : unmanaged, IBinaryInteger<TBits>, IUnsignedNumber<TBits>
{
    private const int MostEntries = 1 << 16;
    private const int Block = 4096;

    /// <summary>The distinct values, or null where PLAIN is the better; then <paramref name="indices"/> hold nothing.</summary>
    public static unsafe TBits[]? Build(ReadOnlySpan<TBits> values, Span<int> indices)
    {
        if (values.IsEmpty) return null;
        var table = new Table();
        for (int start = 0; start < values.Length; start += Block)
        {
            int size = int.Min(Block, values.Length - start);
            table.Add(values.Slice(start, size), indices.Slice(start, size));
            int seen = start + size;
            bool hopeless = table.Count > MostEntries || (table.Count > seen / 2 && seen < values.Length);
            if (hopeless) return null;
        }
        return Pays(table.Count, values.Length, sizeof(TBits)) ? table.Entries : null;
    }

    /// <summary>Whether entries and indices together take at most three quarters of the values' own bytes.</summary>
    private static bool Pays(int entries, long rows, int size) =>
        (entries * (long)size) + (rows * HybridEncoder.WidthOf(entries - 1) / 8) <= rows * size * 3 / 4;

    /// <summary>Open addressing; a slot holds the index of an entry plus one.</summary>
    private sealed class Table
    {
        private TBits[] entries = new TBits[256];
        private int[] slots = new int[1024];
        private int shift = 64 - 10;

        public int Count { get; private set; }

        public TBits[] Entries => entries[..Count];

        public void Add(ReadOnlySpan<TBits> values, Span<int> indices)
        {
            var last = values[0];
            int lastIndex = IndexOf(last);
            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] != last)
                {
                    last = values[i];
                    lastIndex = IndexOf(last);
                }
                indices[i] = lastIndex;
            }
        }

        private int IndexOf(TBits value)
        {
            int slot = SlotOf(value);
            while (slots[slot] != 0)
            {
                int index = slots[slot] - 1;
                if (entries[index] == value) return index;
                slot = (slot + 1) & (slots.Length - 1);
            }
            if (Count == entries.Length) Grow();
            slot = SlotOf(value);
            while (slots[slot] != 0) slot = (slot + 1) & (slots.Length - 1);
            entries[Count] = value;
            slots[slot] = ++Count;
            return Count - 1;
        }

        private int SlotOf(TBits value) => (int)((ulong.CreateTruncating(value) * 0x9E3779B97F4A7C15UL) >> shift);

        private void Grow()
        {
            Array.Resize(ref entries, entries.Length * 2);
            slots = new int[slots.Length * 2];
            shift--;
            for (int i = 0; i < Count; i++)
            {
                int slot = SlotOf(entries[i]);
                while (slots[slot] != 0) slot = (slot + 1) & (slots.Length - 1);
                slots[slot] = i + 1;
            }
        }
    }
}
