namespace Sweeps.Grains.Datasets.Parquet.Encodings;

/// <summary>Decodes what <see cref="HybridEncoder"/> describes.</summary>
internal static class HybridDecoder
{
    /// <summary>Whether the first run alone gives <paramref name="count"/> times this value.</summary>
    public static bool IsRunOf(ReadOnlySpan<byte> source, int width, int value, int count)
    {
        int read = 0;
        if (!TryVarint(source, ref read, out ulong header) || (header & 1) != 0 || header >> 1 < (ulong)count) return false;
        return ValueBytes(width) <= source.Length - read && RunValue(source, ref read, width) == value;
    }

    /// <summary>Fills <paramref name="target"/> with values of <paramref name="width"/> bits (0 to 32).</summary>
    /// <exception cref="InvalidDataException">The bytes end before, or are malformed.</exception>
    public static void Decode(ReadOnlySpan<byte> source, int width, Span<int> target)
    {
        if (width is < 0 or > 32) throw new InvalidDataException($"a bit width from 0 to 32, not {width}");
        int read = 0;
        while (target.Length > 0)
        {
            if (!TryVarint(source, ref read, out ulong header)) throw new InvalidDataException($"{target.Length} more values");
            ulong length = header >> 1;
            if (length == 0) throw new InvalidDataException("a run that is not empty");
            if ((header & 1) == 0)
            {
                if (ValueBytes(width) > source.Length - read) throw new InvalidDataException("the value of a run");
                int run = (int)ulong.Min(length, (ulong)target.Length);
                target[..run].Fill(RunValue(source, ref read, width));
                target = target[run..];
            }
            else
            {
                int run = (int)ulong.Min(length * BitPacking.Group, (ulong)target.Length);
                Literals(source[read..], width, target[..run]);
                target = target[run..];
                read = (int)long.Min(source.Length, read + ((long)length * width));
            }
        }
    }

    private static void Literals(ReadOnlySpan<byte> source, int width, Span<int> target)
    {
        long needed = (((long)target.Length * width) + 7) / 8;
        if (needed > source.Length) throw new InvalidDataException($"{needed} bytes of bit-packed values, not {source.Length}");
        int fast = target.Length;
        if (needed + BitPacking.Slack > source.Length)
        {
            // The last groups are unpacked from a copy, so that words may be read past their end.
            int safeBytes = int.Max(0, source.Length - BitPacking.Slack);
            fast = width == 0 ? fast : (int)long.Min(fast, safeBytes / width * (long)BitPacking.Group);
        }
        BitPacking.Unpack(source, width, target[..fast]);
        if (fast == target.Length) return;
        var rest = source[(fast / BitPacking.Group * width)..(int)needed];
        Span<byte> copy = stackalloc byte[rest.Length + BitPacking.Slack];
        copy.Clear();
        rest.CopyTo(copy);
        BitPacking.Unpack(copy, width, target[fast..]);
    }

    private static int ValueBytes(int width) => (width + 7) / 8;

    private static int RunValue(ReadOnlySpan<byte> source, ref int read, int width)
    {
        uint value = 0;
        for (int shift = 0; shift < width; shift += 8) value |= (uint)source[read++] << shift;
        return (int)value;
    }

    private static bool TryVarint(ReadOnlySpan<byte> source, ref int read, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 35 && read < source.Length; shift += 7)
        {
            byte part = source[read++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return true;
        }
        return false;
    }
}
