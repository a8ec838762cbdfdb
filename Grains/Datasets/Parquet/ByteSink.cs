using System.Buffers;
using System.Buffers.Binary;

namespace Sweeps.Grains.Datasets.Parquet;

/// <summary>Bytes being put together, in a pooled array that grows.</summary>
internal sealed class ByteSink(int capacity = 1024) : IDisposable
{
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, Length);

    /// <summary>
    /// At least <paramref name="size"/> bytes behind what is written; <see cref="Advance"/> then says how many were used.
    /// </summary>
    /// <exception cref="ArgumentException">More than an array holds.</exception>
    public Span<byte> Reserve(long size)
    {
        long needed = Length + size;
        if (needed > buffer.Length)
        {
            if (needed > Array.MaxLength) throw new ArgumentException("more than 2 GiB in one column of a batch: write smaller batches");
            byte[] larger = ArrayPool<byte>.Shared.Rent((int)long.Max(needed, long.Min(2L * buffer.Length, Array.MaxLength)));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        return buffer.AsSpan(Length);
    }

    public void Advance(int size) => Length += size;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    public void WriteByte(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    public void WriteInt32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Reserve(sizeof(int)), value);
        Length += sizeof(int);
    }

    /// <summary>Seven bits a byte, lowest first, the top bit saying that more follow.</summary>
    public void WriteVarint(ulong value)
    {
        var target = Reserve(10);
        int used = 0;
        while (value >= 0x80)
        {
            target[used++] = (byte)(value | 0x80);
            value >>= 7;
        }
        target[used++] = (byte)value;
        Length += used;
    }

    /// <summary>Replaces bytes already written.</summary>
    public void Patch(int position, ReadOnlySpan<byte> bytes) => bytes.CopyTo(buffer.AsSpan(position, Length - position));

    public void Truncate(int length) => Length = length;

    public void Clear() => Length = 0;

    public void Dispose()
    {
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        Length = 0;
    }
}
