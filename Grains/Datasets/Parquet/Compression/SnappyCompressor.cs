using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sweeps.Grains.Datasets.Parquet.Compression;

/// <summary>
/// Compresses to the raw Snappy format: the length as a varint, then literals and copies. Matches are looked for within blocks of 64 KiB
/// by a
/// table of the last place where four bytes with the same hash stood; the farther the last match, the longer the steps, so that noise
/// costs little.
/// </summary>
internal static unsafe class SnappyCompressor
{
    private const int BlockSize = 1 << 16;
    private const int TableBits = 14;

    /// <summary>Bytes at a block's end where no match begins, so that words may be read without a look at the end.</summary>
    private const int Margin = 16;

    private const int ShortestMatch = 4;
    private const int LongestCopy = 64;

    /// <summary>The farther the last match lies back (in units of 2 to this), the longer the step.</summary>
    private const int PatienceBits = 6;

    /// <summary>No input of this length becomes longer than that.</summary>
    public static long LargestSize(int length) => 32 + length + (length / 6);

    /// <summary>Returns how much of <paramref name="target"/> was used.</summary>
    public static int Compress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, LargestSize(source.Length), nameof(target));
        ushort* table = stackalloc ushort[1 << TableBits];
        fixed (byte* from = source, to = target)
        {
            byte* output = to;
            uint length = (uint)source.Length;
            for (; length >= 0x80; length >>= 7) *output++ = (byte)(length | 0x80);
            *output++ = (byte)length;
            for (int start = 0; start < source.Length; start += BlockSize)
                output = CompressBlock(from + start, int.Min(BlockSize, source.Length - start), output, table);
            return (int)(output - to);
        }
    }

    private static byte* CompressBlock(byte* block, int size, byte* output, ushort* table)
    {
        int written = 0;
        if (size > Margin)
        {
            new Span<ushort>(table, 1 << TableBits).Clear();
            int last = size - Margin;
            for (int position = 1; position <= last;)
            {
                uint word = Unsafe.ReadUnaligned<uint>(block + position);
                uint slot = Slot(word);
                int candidate = table[slot];
                table[slot] = (ushort)position;
                if (Unsafe.ReadUnaligned<uint>(block + candidate) != word)
                {
                    position += 1 + ((position - written) >> PatienceBits);
                    continue;
                }
                while (position > written && candidate > 0 && block[position - 1] == block[candidate - 1])
                {
                    position--;
                    candidate--;
                }
                int length = ShortestMatch + MatchLength(block + candidate + ShortestMatch, block + position + ShortestMatch, block + size);
                output = Literal(block + written, position - written, output);
                output = Copy(position - candidate, length, output);
                position += length;
                written = position;
                if (position <= last) table[Slot(Unsafe.ReadUnaligned<uint>(block + position - 1))] = (ushort)(position - 1);
            }
        }
        return Literal(block + written, size - written, output);
    }

    private static uint Slot(uint word) => (word * 0x9E3779B1u) >> (32 - TableBits);

    private static int MatchLength(byte* earlier, byte* later, byte* end)
    {
        byte* start = later;
        for (; later + sizeof(ulong) <= end; earlier += sizeof(ulong), later += sizeof(ulong))
        {
            ulong difference = Unsafe.ReadUnaligned<ulong>(earlier) ^ Unsafe.ReadUnaligned<ulong>(later);
            if (difference != 0) return (int)(later - start) + (BitOperations.TrailingZeroCount(difference) >> 3);
        }
        while (later < end && *earlier == *later)
        {
            earlier++;
            later++;
        }
        return (int)(later - start);
    }

    /// <summary>Tag 0: length − 1 in six bits, or 60 and 61 for one and two bytes that hold it.</summary>
    private static byte* Literal(byte* bytes, int length, byte* output)
    {
        if (length == 0) return output;
        int value = length - 1;
        if (value < 60)
        {
            *output++ = (byte)(value << 2);
        }
        else if (value < 256)
        {
            *output++ = 60 << 2;
            *output++ = (byte)value;
        }
        else
        {
            *output++ = 61 << 2;
            *output++ = (byte)value;
            *output++ = (byte)(value >> 8);
        }
        Unsafe.CopyBlockUnaligned(output, bytes, (uint)length);
        return output + length;
    }

    private static byte* Copy(int offset, int length, byte* output)
    {
        while (length > LongestCopy)
        {
            // What remains must again be a copy, so no piece leaves less than the shortest one.
            int piece = length - LongestCopy < ShortestMatch ? LongestCopy - ShortestMatch : LongestCopy;
            output = LongCopy(offset, piece, output);
            length -= piece;
        }
        if (length > 11 || offset >= 2048) return LongCopy(offset, length, output);
        *output++ = (byte)(1 | ((length - ShortestMatch) << 2) | (offset >> 8 << 5));
        *output++ = (byte)offset;
        return output;
    }

    private static byte* LongCopy(int offset, int length, byte* output)
    {
        *output++ = (byte)(2 | ((length - 1) << 2));
        *output++ = (byte)offset;
        *output++ = (byte)(offset >> 8);
        return output;
    }
}
