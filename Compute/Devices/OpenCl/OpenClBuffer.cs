namespace Sweeps.Compute.Devices.OpenCl;

internal sealed unsafe class OpenClBuffer : IDeviceBuffer
{
    private const ulong ReadWrite = 1;

    private readonly OpenClDevice device;
    private nint memory;

    public OpenClBuffer(OpenClDevice device, nint context, long bytes)
    {
        (this.device, Bytes) = (device, bytes);
        int status;
        // An empty one has a byte, so that it can be an argument.
        memory = device.Library.CreateBuffer(context, ReadWrite, (nuint)Math.Max(1, bytes), null, &status);
        if (status != OpenClStatus.Success) device.Check(status, FormattableString.Invariant($"allocation of {bytes} bytes"));
        device.Allocations.Add(bytes);
    }

    public long Bytes { get; }

    internal nint Memory
    {
        get
        {
            ObjectDisposedException.ThrowIf(memory == 0, this);
            return memory;
        }
    }

    public void Dispose()
    {
        if (memory == 0) return;
        _ = device.Library.ReleaseMemObject(memory);
        device.Allocations.Remove(Bytes);
        memory = 0;
    }
}
