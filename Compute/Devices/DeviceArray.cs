using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sweeps.Compute.Devices;

/// <summary>Elements on a device: <see cref="IDeviceBuffer"/> with a type and bounds.</summary>
internal sealed class DeviceArray<T> : IDisposable where T : unmanaged
{
    // A span of bytes ends at 2³¹, a span of elements later.
    private const int PieceBytes = 1 << 28;

    private static readonly int Size = Unsafe.SizeOf<T>();

    private readonly IDeviceBuffer buffer;

    /// <param name="device">Where.</param>
    /// <param name="length">Elements, ≥ 0; their content is arbitrary.</param>
    /// <exception cref="DeviceException">Out of memory.</exception>
    public DeviceArray(IDevice device, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        buffer = device.Allocate(checked(length * Size));
    }

    public long Length { get; }

    public static implicit operator KernelArgument(DeviceArray<T> array) => new(array.buffer);

    /// <summary>Copies host elements to elements <paramref name="first"/> and on; returns once the source is free again.</summary>
    public void Write(IDeviceQueue queue, ReadOnlySpan<T> source, long first = 0)
    {
        Check(first, source.Length);
        for (int done = 0; done < source.Length; done += PieceBytes / Size)
            queue.Write(MemoryMarshal.AsBytes(source.Slice(done, Piece(source.Length - done))), buffer, (first + done) * Size);
    }

    /// <summary>Copies elements <paramref name="first"/> and on to the host; waits for all work before it.</summary>
    public void Read(IDeviceQueue queue, Span<T> destination, long first = 0)
    {
        Check(first, destination.Length);
        for (int done = 0; done < destination.Length; done += PieceBytes / Size)
            queue.Read(buffer, (first + done) * Size, MemoryMarshal.AsBytes(destination.Slice(done, Piece(destination.Length - done))));
    }

    /// <summary>Sets elements <paramref name="first"/> and on to zero.</summary>
    public void Clear(IDeviceQueue queue, long first, long count)
    {
        Check(first, count);
        if (count > 0) queue.Clear(buffer, first * Size, count * Size);
    }

    public void Clear(IDeviceQueue queue) => Clear(queue, 0, Length);

    public void Dispose() => buffer.Dispose();

    private static int Piece(int rest) => Math.Min(rest, PieceBytes / Size);

    private void Check(long first, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length - first);
    }
}
