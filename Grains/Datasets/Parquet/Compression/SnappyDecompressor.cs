using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sweeps.Grains.Datasets.Parquet.Compression;

/// <summary>Decompresses the raw Snappy format; every length and offset is held against what is there.</summary>
internal static class SnappyDecompressor
{
    /// <summary>No byte yields more than this: a copy of 64 takes three.</summary>
    public const int BestRatio = 22;

    /// <summary>Fills <paramref name="target"/>, exactly.</summary>
    /// <exception cref="InvalidDataException">The bytes are not Snappy, or of another length.</exception>
    public static void Decompress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int read = Preamble(source, target.Length);
        int written = 0;
        while (read < source.Length)
        {
            int tag = source[read++];
            if ((tag & 3) == 0)
            {
                int length = LiteralLength(source, tag, ref read);
                if (length > source.Length - read || length > target.Length - written) throw Broken("a literal within the page");
                source.Slice(read, length).CopyTo(target[written..]);
                read += length;
                written += length;
            }
            else
            {
                int length = CopyLength(source, tag, ref read, out uint offset);
                if (offset == 0 || offset > (uint)written || length > target.Length - written) throw Broken("a copy within the page");
                CopyBack(target, written, (int)offset, length);
                written += length;
            }
        }
        if (written != target.Length) throw Broken($"{target.Length} bytes, not {written}");
    }

    private static int Preamble(ReadOnlySpan<byte> source, int expected)
    {
        ulong length = 0;
        for (int read = 0; read < 5 && read < source.Length; read++)
        {
            length |= (ulong)(source[read] & 0x7F) << (7 * read);
            if (source[read] >= 0x80) continue;
            return length == (ulong)expected ? read + 1 : throw Broken($"{expected} bytes, not {length}");
        }
        throw Broken("its length");
    }

    private static int LiteralLength(ReadOnlySpan<byte> source, int tag, ref int read)
    {
        int value = tag >> 2;
        if (value < 60) return value + 1;
        int bytes = value - 59;
        if (bytes > source.Length - read) throw Broken("the length of a literal");
        long length = 1;
        for (int i = 0; i < bytes; i++) length += (long)source[read++] << (8 * i);
        return length <= int.MaxValue ? (int)length : throw Broken("a literal within the page");
    }

    private static int CopyLength(ReadOnlySpan<byte> source, int tag, ref int read, out uint offset)
    {
        int bytes = (tag & 3) switch { 1 => 1, 2 => 2, _ => 4 };
        if (bytes > source.Length - read) throw Broken("the offset of a copy");
        offset = bytes switch
        {
            1 => (uint)(((tag >> 5) << 8) | source[read]),
            2 => MemoryMarshal.Read<ushort>(source[read..]),
            _ => MemoryMarshal.Read<uint>(source[read..]),
        };
        read += bytes;
        return bytes == 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    }

    /// <summary>Source and target may overlap: then what was just written repeats.</summary>
    private static void CopyBack(Span<byte> target, int written, int offset, int length)
    {
        if (offset >= sizeof(ulong) && length <= target.Length - written - sizeof(ulong))
        {
            // Words may run past the copy's end: the room is there, and the next tag overwrites them.
            ref byte to = ref target[written];
            ref byte from = ref target[written - offset];
            for (int i = 0; i < length; i += sizeof(ulong))
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, i), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, i)));
            return;
        }
        if (offset == 1)
        {
            target.Slice(written, length).Fill(target[written - 1]);
            return;
        }
        for (int i = written; i < written + length; i++) target[i] = target[i - offset];
    }

    private static InvalidDataException Broken(string expected) => new($"{expected} of Snappy");
}
