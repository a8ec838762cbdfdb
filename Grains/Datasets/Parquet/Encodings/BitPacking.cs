using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sweeps.Grains.Datasets.Parquet.Encodings;

/// <summary>Groups of eight values of <c>width</c> bits (0 to 32), lowest bits first: <c>width</c> bytes a group.</summary>
internal static class BitPacking
{
    public const int Group = 8;

    /// <summary>Bytes behind the packed ones that may be touched.</summary>
    public const int Slack = 8;

    /// <summary>Packs a multiple of eight values into <paramref name="target"/>, which has room for them and <see cref="Slack"/>.</summary>
    public static void Pack(ReadOnlySpan<int> values, int width, Span<byte> target)
    {
        for (int start = 0; start < values.Length; start += Group, target = target[width..])
            PackGroup(values.Slice(start, Group), width, target);
    }

    /// <summary>Unpacks <paramref name="target"/>.Length values; <paramref name="source"/> has <see cref="Slack"/> behind them.</summary>
    public static void Unpack(ReadOnlySpan<byte> source, int width, Span<int> target)
    {
        if (width == 0 || target.IsEmpty)
        {
            target.Clear();
            return;
        }
        _ = source[(int)((((long)target.Length * width) + 7) / 8) + Slack - 1];
        ref byte start = ref MemoryMarshal.GetReference(source);
        ulong mask = (1UL << width) - 1;
        nint bit = 0;
        for (int i = 0; i < target.Length; i++, bit += width)
            target[i] = (int)((Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, bit >> 3)) >> (int)(bit & 7)) & mask);
    }

    private static void PackGroup(ReadOnlySpan<int> eight, int width, Span<byte> target)
    {
        if (width <= 8)
        {
            ulong all = 0;
            for (int i = Group - 1; i >= 0; i--) all = (all << width) | (uint)eight[i];
            MemoryMarshal.Write(target, all);
            return;
        }
        ulong pending = 0;
        int bits = 0;
        int written = 0;
        for (int i = 0; i < Group; i++)
        {
            pending |= (ulong)(uint)eight[i] << bits;
            bits += width;
            if (bits < 32) continue;
            MemoryMarshal.Write(target[written..], (uint)pending);
            written += sizeof(uint);
            pending >>= 32;
            bits -= 32;
        }
        MemoryMarshal.Write(target[written..], (uint)pending);
    }
}
