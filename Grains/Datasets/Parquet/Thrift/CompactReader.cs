using System.Text;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets.Parquet.Thrift;

/// <summary>
/// Reads Thrift's compact protocol. Every length is held against the bytes that are left before anything is allocated; whatever does not
/// fit is
/// refused with the place in the file.
/// </summary>
/// <param name="bytes">What is read.</param>
/// <param name="fileName">Named in refusals.</param>
/// <param name="fileOffset">Where in the file <paramref name="bytes"/> begins.</param>
internal ref struct CompactReader(ReadOnlySpan<byte> bytes, string fileName, long fileOffset)
{
    private const int DeepestNesting = 32;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int position;

    /// <summary>Bytes read so far.</summary>
    public readonly int Position => position;

    /// <summary>Goes to the next field of a struct; false at its end.</summary>
    /// <param name="field">The id of the field before (0 at first), then of this one.</param>
    /// <param name="type">The type of this field.</param>
    public bool Next(ref int field, out CompactType type)
    {
        byte header = Byte();
        type = (CompactType)(header & 0x0F);
        if (type == CompactType.Stop) return header == 0 ? false : throw Damaged("the end of a struct");
        if (type > CompactType.Struct) throw Damaged("a field of a known type");
        int step = header >> 4;
        long id = step != 0 ? field + step : Signed();
        if (id is < 1 or > short.MaxValue) throw Damaged("a field id from 1 to 32767");
        field = (int)id;
        return true;
    }

    public int Int32(CompactType type)
    {
        Expect(type, CompactType.Int32);
        return Int32Element();
    }

    public int Int32Element()
    {
        long value = Signed();
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Damaged("a 32-bit integer");
    }

    public long Int64(CompactType type)
    {
        Expect(type, CompactType.Int64);
        return Signed();
    }

    public readonly bool Bool(CompactType type) => type switch
    {
        CompactType.True => true,
        CompactType.False => false,
        _ => throw Damaged("a boolean"),
    };

    public string Text(CompactType type)
    {
        Expect(type, CompactType.Binary);
        return TextElement();
    }

    public string TextElement()
    {
        var text = BinaryElement();
        try
        {
            return Utf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            throw Damaged("text in UTF-8");
        }
    }

    public ReadOnlySpan<byte> Binary(CompactType type)
    {
        Expect(type, CompactType.Binary);
        return BinaryElement();
    }

    /// <summary>Starts a list; its elements take at least a byte each, so a count beyond the bytes left is refused.</summary>
    public int List(CompactType type, CompactType element)
    {
        Expect(type, CompactType.List);
        int count = ListHeader(out var found);
        Expect(found, element);
        return count;
    }

    public readonly void Expect(CompactType type, CompactType expected)
    {
        if (type != expected) throw Damaged($"a field of type {expected}, not {type}");
    }

    /// <summary>Passes over a field that has no meaning here.</summary>
    public void Skip(CompactType type) => Skip(type, DeepestNesting);

    public readonly DamagedFileException Damaged(string expected) => new(fileName, fileOffset + position, $"expected {expected}");

    public readonly UnsupportedFileException Unsupported(string what) => new(fileName, fileOffset + position, what);

    private void Skip(CompactType type, int depth)
    {
        if (depth == 0) throw Damaged("structs nested less deep");
        switch (type)
        {
            case CompactType.True or CompactType.False: break;
            case CompactType.Byte: Byte(); break;
            case CompactType.Int16 or CompactType.Int32 or CompactType.Int64: Unsigned(); break;
            case CompactType.Double: Take(sizeof(double)); break;
            case CompactType.Binary: BinaryElement(); break;
            case CompactType.List or CompactType.Set: SkipList(depth); break;
            case CompactType.Map: SkipMap(depth); break;
            case CompactType.Struct:
                for (int field = 0; Next(ref field, out var inner);) Skip(inner, depth - 1);
                break;
            default: throw Damaged("a known type");
        }
    }

    private void SkipList(int depth)
    {
        int count = ListHeader(out var element);
        for (int i = 0; i < count; i++) SkipElement(element, depth - 1);
    }

    private void SkipMap(int depth)
    {
        int count = Length();
        if (count == 0) return;
        byte types = Byte();
        for (int i = 0; i < count; i++)
        {
            SkipElement((CompactType)(types >> 4), depth - 1);
            SkipElement((CompactType)(types & 0x0F), depth - 1);
        }
    }

    /// <summary>A boolean has a byte of its own in a list, and none as a field.</summary>
    private void SkipElement(CompactType type, int depth)
    {
        if (type is CompactType.True or CompactType.False) Byte();
        else Skip(type, depth);
    }

    private int ListHeader(out CompactType element)
    {
        byte header = Byte();
        element = (CompactType)(header & 0x0F);
        int count = header >> 4;
        if (count == 15) count = Length();
        return count <= bytes.Length - position ? count : throw Damaged("a list that ends before its bytes do");
    }

    private ReadOnlySpan<byte> BinaryElement() => Take(Length());

    private int Length()
    {
        ulong length = Unsigned();
        return length <= (ulong)(bytes.Length - position) ? (int)length : throw Damaged("a length within the bytes that are left");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - position) throw Damaged($"{count} more bytes");
        position += count;
        return bytes.Slice(position - count, count);
    }

    private byte Byte() => position < bytes.Length ? bytes[position++] : throw Damaged("more bytes");

    private long Signed()
    {
        ulong value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong Unsigned()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }
        throw Damaged("an integer of at most ten bytes");
    }
}
