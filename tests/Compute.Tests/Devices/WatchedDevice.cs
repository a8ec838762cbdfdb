using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Tests.Devices;

/// <summary>A device that may have less memory than it says, and tells what is done with it.</summary>
internal sealed class WatchedDevice(IDevice device) : IDevice
{
    /// <summary>Bytes above which an allocation fails.</summary>
    public long LargestBuffer { get; init; } = long.MaxValue;

    /// <summary>Bytes that may be held at once.</summary>
    public long TotalBytes { get; init; } = long.MaxValue;

    /// <summary>Called with the number of launches so far.</summary>
    public Action<int>? Launched { get; init; }

    public int Launches { get; private set; }

    /// <summary>Allocations that failed.</summary>
    public int Refused { get; private set; }

    /// <summary>Bytes of buffers not yet disposed.</summary>
    public long HeldBytes { get; private set; }

    public long MostHeldBytes { get; private set; }

    public DeviceDescription Description => device.Description;

    public long AllocatedBytes => device.AllocatedBytes;

    public IDeviceModule Load(DeviceText text) => device.Load(text);

    public IDeviceBuffer Allocate(long bytes)
    {
        if (bytes > LargestBuffer || HeldBytes + bytes > TotalBytes)
        {
            Refused++;
            throw new DeviceException(DeviceFailure.OutOfMemory, $"no {bytes} bytes here");
        }
        HeldBytes += bytes;
        MostHeldBytes = Math.Max(MostHeldBytes, HeldBytes);
        return new Buffer(this, device.Allocate(bytes));
    }

    public IDeviceQueue CreateQueue() => new Queue(this, device.CreateQueue());

    public void Dispose()
    {
        // the device is another's
    }

    private static IDeviceBuffer Inner(IDeviceBuffer buffer) => ((Buffer)buffer).Watched;

    private sealed class Buffer(WatchedDevice owner, IDeviceBuffer watched) : IDeviceBuffer
    {
        private bool disposed;

        public IDeviceBuffer Watched => watched;

        public long Bytes => watched.Bytes;

        public void Dispose()
        {
            if (!disposed) owner.HeldBytes -= Bytes;
            disposed = true;
            watched.Dispose();
        }
    }

    private sealed class Queue(WatchedDevice owner, IDeviceQueue queue) : IDeviceQueue
    {
        public void Write(ReadOnlySpan<byte> source, IDeviceBuffer destination, long offset) =>
            queue.Write(source, Inner(destination), offset);

        public void Read(IDeviceBuffer source, long offset, Span<byte> destination) => queue.Read(Inner(source), offset, destination);

        public void Clear(IDeviceBuffer buffer, long offset, long bytes) => queue.Clear(Inner(buffer), offset, bytes);

        public void Launch(IDeviceKernel kernel, LaunchGrid grid, params ReadOnlySpan<KernelArgument> arguments)
        {
            var inner = new KernelArgument[arguments.Length];
            for (int i = 0; i < inner.Length; i++) inner[i] = arguments[i].Buffer is { } buffer ? new(Inner(buffer)) : arguments[i];
            queue.Launch(kernel, grid, inner);
            owner.Launches++;
            owner.Launched?.Invoke(owner.Launches);
        }

        public void Finish() => queue.Finish();

        public void Dispose() => queue.Dispose();
    }
}
