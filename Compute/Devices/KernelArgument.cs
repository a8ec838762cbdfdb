namespace Sweeps.Compute.Devices;

/// <summary>An argument of a launch: a buffer (eight bytes to the kernel), or a number of <see cref="Size"/> bytes.</summary>
internal readonly struct KernelArgument
{
    private KernelArgument(ulong bits, int size) => (Bits, Size) = (bits, size);

    public KernelArgument(IDeviceBuffer buffer) => (Buffer, Size) = (buffer, sizeof(ulong));

    public IDeviceBuffer? Buffer { get; }

    /// <summary>The number, little-endian.</summary>
    public ulong Bits { get; }

    public int Size { get; }

    public static implicit operator KernelArgument(int value) => new((uint)value, sizeof(int));

    public static implicit operator KernelArgument(uint value) => new(value, sizeof(uint));

    public static implicit operator KernelArgument(ulong value) => new(value, sizeof(ulong));

    public static implicit operator KernelArgument(float value) => new(BitConverter.SingleToUInt32Bits(value), sizeof(float));
}
