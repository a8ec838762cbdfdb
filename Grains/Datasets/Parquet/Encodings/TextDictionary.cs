using System.Runtime.InteropServices;
using System.Text;

namespace Sweeps.Grains.Datasets.Parquet.Encodings;

/// <summary>The distinct texts of a column in the order of their first occurrence, and for each row the index of its text.</summary>
internal static class TextDictionary
{
    private const int MostBytes = 1 << 20;
    private const int Block = 4096;

    /// <summary>
    /// The distinct texts, or null where most are distinct or they are more than a page; then <paramref name="indices"/> hold nothing.
    /// </summary>
    public static string[]? Build(ReadOnlySpan<string> values, Span<int> indices)
    {
        if (values.IsEmpty) return null;
        var table = new Table();
        for (int start = 0; start < values.Length; start += Block)
        {
            int size = int.Min(Block, values.Length - start);
            table.Add(values.Slice(start, size), indices.Slice(start, size));
            bool hopeless = table.Bytes > MostBytes || (table.Count > 1 && table.Count > (start + size) / 2);
            if (hopeless) return null;
        }
        return table.Entries;
    }

    /// <summary>Open addressing; a slot holds the index of an entry plus one.</summary>
    private sealed class Table
    {
        private string[] entries = new string[64];
        private ulong[] hashes = new ulong[64];
        private int[] slots = new int[256];

        public int Count { get; private set; }

        public long Bytes { get; private set; }

        public string[] Entries => entries[..Count];

        public void Add(ReadOnlySpan<string> values, Span<int> indices)
        {
            string last = values[0];
            int lastIndex = IndexOf(last);
            for (int i = 0; i < values.Length; i++)
            {
                if (!ReferenceEquals(values[i], last))
                {
                    last = values[i];
                    lastIndex = IndexOf(last);
                }
                indices[i] = lastIndex;
            }
        }

        private int IndexOf(string value)
        {
            ulong hash = HashOf(value);
            int slot = (int)hash & (slots.Length - 1);
            for (; slots[slot] != 0; slot = (slot + 1) & (slots.Length - 1))
            {
                int index = slots[slot] - 1;
                if (hashes[index] == hash && string.Equals(entries[index], value, StringComparison.Ordinal)) return index;
            }
            if (Count == entries.Length) slot = Grow(hash);
            entries[Count] = value;
            hashes[Count] = hash;
            Bytes += sizeof(int) + Encoding.UTF8.GetByteCount(value);
            slots[slot] = ++Count;
            return Count - 1;
        }

        /// <summary>Doubles the table; returns the free slot for a hash.</summary>
        private int Grow(ulong hash)
        {
            Array.Resize(ref entries, entries.Length * 2);
            Array.Resize(ref hashes, hashes.Length * 2);
            slots = new int[slots.Length * 2];
            for (int i = 0; i < Count; i++) slots[FreeSlot(hashes[i])] = i + 1;
            return FreeSlot(hash);
        }

        private int FreeSlot(ulong hash)
        {
            int slot = (int)hash & (slots.Length - 1);
            while (slots[slot] != 0) slot = (slot + 1) & (slots.Length - 1);
            return slot;
        }

        private static ulong HashOf(string value)
        {
            var bytes = MemoryMarshal.AsBytes(value.AsSpan());
            ulong hash = (ulong)value.Length;
            var words = MemoryMarshal.Cast<byte, ulong>(bytes);
            foreach (ulong word in words) hash = Mix(hash ^ word);
            ulong rest = 0;
            foreach (byte one in bytes[(words.Length * sizeof(ulong))..]) rest = (rest << 8) | one;
            return Mix(hash ^ rest);
        }

        private static ulong Mix(ulong value)
        {
            value *= 0x9E3779B97F4A7C15UL;
            return value ^ (value >> 32);
        }
    }
}
