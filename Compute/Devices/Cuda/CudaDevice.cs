namespace Sweeps.Compute.Devices.Cuda;

/// <summary>A device under the CUDA driver, in its primary context, which the process's other users of CUDA share.</summary>
internal sealed unsafe class CudaDevice : IDevice
{
    // A thread that waits sleeps: its core has other work.
    private const uint BlockingSync = 4;

    private readonly Lock gate = new();
    private readonly Dictionary<string, CudaModule> modules = [];
    private readonly int device;
    private nint context;

    /// <exception cref="DeviceException">The driver gives no context.</exception>
    public CudaDevice(CudaLibrary library, int device, DeviceDescription description)
    {
        (Library, this.device, Description) = (library, device, description);
        int status = library.DevicePrimaryCtxSetFlags(device, BlockingSync);
        if (status != CudaStatus.PrimaryContextActive) Check(status, "cuDevicePrimaryCtxSetFlags");
        nint retained;
        Check(library.DevicePrimaryCtxRetain(&retained, device), "cuDevicePrimaryCtxRetain");
        context = retained;
    }

    public DeviceDescription Description { get; }

    public long AllocatedBytes => Allocations.Bytes;

    internal DeviceAllocations Allocations { get; } = new();

    internal CudaLibrary Library { get; }

    public IDeviceModule Load(DeviceText text)
    {
        lock (gate)
        {
            Enter();
            if (!modules.TryGetValue(text.Name, out CudaModule? module)) modules.Add(text.Name, module = new(this, text));
            return module;
        }
    }

    public IDeviceBuffer Allocate(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Enter();
        return new CudaBuffer(this, bytes);
    }

    public IDeviceQueue CreateQueue()
    {
        Enter();
        return new CudaQueue(this);
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (!TryEnter()) return;
            foreach (CudaModule module in modules.Values) module.Unload();
            modules.Clear();
            context = 0;
            _ = Library.CtxSetCurrent(0);
            _ = Library.DevicePrimaryCtxRelease(device);
        }
    }

    /// <summary>Makes the context that of the calling thread; first thing in each call, for callers change threads.</summary>
    internal void Enter()
    {
        ObjectDisposedException.ThrowIf(context == 0, this);
        Check(Library.CtxSetCurrent(context), "cuCtxSetCurrent");
    }

    /// <summary>The same where something is given back: false if the device is disposed, and all that it held with it.</summary>
    internal bool TryEnter() => context != 0 && Library.CtxSetCurrent(context) == CudaStatus.Success;

    internal void Check(int status, string what)
    {
        if (status != CudaStatus.Success) CudaStatus.Check(Library, status, $"{Description}: {what}");
    }
}
