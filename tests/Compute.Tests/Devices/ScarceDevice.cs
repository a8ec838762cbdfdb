using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Tests.Devices;

/// <summary>A device that refuses to hold more than so many bytes at once.</summary>
internal sealed class ScarceDevice(IDevice device, long bytes) : IDevice
{
    public DeviceDescription Description => device.Description;

    public long AllocatedBytes => device.AllocatedBytes;

    /// <summary>Allocations that were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Bytes allocated and not yet freed.</summary>
    public long Held { get; private set; }

    public IDeviceModule Load(DeviceText text) => device.Load(text);

    public IDeviceQueue CreateQueue() => new Queue(device.CreateQueue());

    public IDeviceBuffer Allocate(long size)
    {
        if (Held + size > bytes)
        {
            Refused++;
            throw new DeviceException(DeviceFailure.OutOfMemory, "the device has no memory left");
        }
        Held += size;
        return new Buffer(this, device.Allocate(size));
    }

    public void Dispose()
    {
    }

    private sealed class Buffer(ScarceDevice owner, IDeviceBuffer inner) : IDeviceBuffer
    {
        private bool isFreed;

        public IDeviceBuffer Inner => inner;

        public long Bytes => inner.Bytes;

        public void Dispose()
        {
            if (isFreed) return;
            isFreed = true;
            owner.Held -= inner.Bytes;
            inner.Dispose();
        }
    }

    private sealed class Queue(IDeviceQueue inner) : IDeviceQueue
    {
        public void Write(ReadOnlySpan<byte> source, IDeviceBuffer destination, long offset) =>
            inner.Write(source, Of(destination), offset);

        public void Read(IDeviceBuffer source, long offset, Span<byte> destination) => inner.Read(Of(source), offset, destination);

        public void Clear(IDeviceBuffer buffer, long offset, long bytes) => inner.Clear(Of(buffer), offset, bytes);

        public void Launch(IDeviceKernel kernel, LaunchGrid grid, params ReadOnlySpan<KernelArgument> arguments)
        {
            KernelArgument[] passed = arguments.ToArray();
            for (int i = 0; i < passed.Length; i++)
                if (passed[i].Buffer is { } buffer) passed[i] = new(Of(buffer));
            inner.Launch(kernel, grid, passed);
        }

        public void Finish() => inner.Finish();

        public void Dispose() => inner.Dispose();

        private static IDeviceBuffer Of(IDeviceBuffer buffer) => ((Buffer)buffer).Inner;
    }
}
