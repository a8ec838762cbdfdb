using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sweeps.Grains.Datasets.Parquet.Encodings;

/// <summary>
/// Parquet's RLE / bit-packed hybrid: runs of one value as (length · 2, value), the rest as (groups · 2 + 1, groups of eight, bit-packed).
/// </summary>
internal static class HybridEncoder
{
    /// <summary>Bits needed for values from 0 to <paramref name="largest"/>.</summary>
    public static int WidthOf(int largest) => 32 - int.LeadingZeroCount(largest);

    /// <summary>Appends the values, each of at most <paramref name="width"/> bits.</summary>
    public static void Encode(ReadOnlySpan<int> values, int width, ByteSink target)
    {
        int shortestRun = ShortestRun(width);
        int position = 0;
        while (position < values.Length)
        {
            int run = RunLength(values[position..]);
            if (run >= shortestRun || run == values.Length - position)
            {
                EncodeRun(values[position], run, width, target);
                position += run;
                continue;
            }
            int end = LiteralEnd(values, position, shortestRun);
            EncodeLiterals(values[position..end], width, target);
            position = end;
        }
    }

    /// <summary>Appends a run of one value.</summary>
    public static void EncodeRun(int value, int length, int width, ByteSink target)
    {
        target.WriteVarint((ulong)length << 1);
        for (int shift = 0; shift < width; shift += 8) target.WriteByte((byte)(value >> shift));
    }

    /// <summary>Below this a run costs more, with the header of the literals after it, than it saves.</summary>
    private static int ShortestRun(int width) => width < 4 ? 32 : 8;

    /// <summary>Where the next long run begins, a whole number of groups further on, or the end.</summary>
    private static int LiteralEnd(ReadOnlySpan<int> values, int position, int shortestRun)
    {
        position += BitPacking.Group;
        while (position < values.Length)
        {
            var rest = values[position..];
            if (StartsAlike(rest) && RunLength(rest) is int run && (run >= shortestRun || run == rest.Length)) return position;
            position += BitPacking.Group;
        }
        return values.Length;
    }

    private static bool StartsAlike(ReadOnlySpan<int> values)
    {
        if (values.Length < Vector256<int>.Count) return values.IndexOfAnyExcept(values[0]) < 0;
        ref int first = ref MemoryMarshal.GetReference(values);
        return Vector256.LoadUnsafe(ref first) == Vector256.Create(first);
    }

    private static int RunLength(ReadOnlySpan<int> values)
    {
        int run = values.IndexOfAnyExcept(values[0]);
        return run < 0 ? values.Length : run;
    }

    private static void EncodeLiterals(ReadOnlySpan<int> values, int width, ByteSink target)
    {
        int groups = (values.Length + BitPacking.Group - 1) / BitPacking.Group;
        target.WriteVarint(((ulong)groups << 1) | 1);
        var room = target.Reserve(((long)groups * width) + BitPacking.Slack);
        int whole = values.Length / BitPacking.Group * BitPacking.Group;
        BitPacking.Pack(values[..whole], width, room);
        if (whole < values.Length)
        {
            Span<int> padded = stackalloc int[BitPacking.Group];
            padded.Clear();
            values[whole..].CopyTo(padded);
            BitPacking.Pack(padded, width, room[(whole / BitPacking.Group * width)..]);
        }
        target.Advance(groups * width);
    }
}
