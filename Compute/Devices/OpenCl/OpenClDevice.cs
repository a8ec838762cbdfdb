namespace Sweeps.Compute.Devices.OpenCl;

/// <summary>A device under OpenCL 1.2, with a context of its own.</summary>
internal sealed unsafe class OpenClDevice : IDevice
{
    private const nint ContextPlatform = 0x1084;

    private readonly Lock gate = new();
    private readonly Dictionary<string, OpenClModule> modules = [];
    private readonly nint device;
    private nint context;

    /// <exception cref="DeviceException">The driver gives no context.</exception>
    public OpenClDevice(OpenClLibrary library, nint platform, nint device, DeviceDescription description)
    {
        (Library, this.device, Description) = (library, device, description);
        nint* properties = stackalloc nint[] { ContextPlatform, platform, 0 };
        int status;
        context = library.CreateContext(properties, 1, &device, 0, 0, &status);
        Check(status, "clCreateContext");
    }

    public DeviceDescription Description { get; }

    public long AllocatedBytes => Allocations.Bytes;

    internal DeviceAllocations Allocations { get; } = new();

    internal OpenClLibrary Library { get; }

    public IDeviceModule Load(DeviceText text)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(context == 0, this);
            if (!modules.TryGetValue(text.Name, out OpenClModule? module))
                modules.Add(text.Name, module = new(this, context, device, text));
            return module;
        }
    }

    public IDeviceBuffer Allocate(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ObjectDisposedException.ThrowIf(context == 0, this);
        return new OpenClBuffer(this, context, bytes);
    }

    public IDeviceQueue CreateQueue()
    {
        ObjectDisposedException.ThrowIf(context == 0, this);
        return new OpenClQueue(this, context, device);
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (context == 0) return;
            foreach (OpenClModule module in modules.Values) module.Release();
            modules.Clear();
            // Buffers and queues that are still about hold the context: it goes with the last of them.
            _ = Library.ReleaseContext(context);
            context = 0;
        }
    }

    internal void Check(int status, string what)
    {
        if (status != OpenClStatus.Success) throw OpenClStatus.Failure(status, $"{Description}: {what}");
    }
}
