namespace Sweeps.Compute.Devices;

/// <summary>
/// Work for a device, done in order. For one thread at a time. A failure of work already handed over is thrown by whichever later call
/// hears of it, at the latest by <see cref="Read"/> or <see cref="Finish"/>.
/// </summary>
internal interface IDeviceQueue : IDisposable
{
    /// <summary>Host to device. Returns once the source is free again, not when the device has it.</summary>
    void Write(ReadOnlySpan<byte> source, IDeviceBuffer destination, long offset);

    /// <summary>Device to host; waits for it, and so for all work before it.</summary>
    void Read(IDeviceBuffer source, long offset, Span<byte> destination);

    /// <summary>Sets bytes to zero.</summary>
    void Clear(IDeviceBuffer buffer, long offset, long bytes);

    /// <summary>Hands a kernel over and returns.</summary>
    /// <exception cref="ArgumentException">The arguments are not those of the kernel, in number or size.</exception>
    void Launch(IDeviceKernel kernel, LaunchGrid grid, params ReadOnlySpan<KernelArgument> arguments);

    /// <summary>Waits until all is done.</summary>
    void Finish();
}
