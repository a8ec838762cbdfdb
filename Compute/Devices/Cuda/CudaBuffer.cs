namespace Sweeps.Compute.Devices.Cuda;

internal sealed unsafe class CudaBuffer : IDeviceBuffer
{
    private readonly CudaDevice owner;
    private ulong address;

    /// <summary>In the context that the caller has entered.</summary>
    public CudaBuffer(CudaDevice owner, long bytes)
    {
        (this.owner, Bytes) = (owner, bytes);
        ulong allocated;
        // The driver refuses none.
        int status = owner.Library.MemAlloc(&allocated, (nuint)Math.Max(1, bytes));
        if (status != CudaStatus.Success) owner.Check(status, FormattableString.Invariant($"allocation of {bytes} bytes"));
        address = allocated;
        owner.Allocations.Add(bytes);
    }

    public long Bytes { get; }

    internal ulong Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(address == 0, this);
            return address;
        }
    }

    public void Dispose()
    {
        if (address == 0) return;
        if (owner.TryEnter()) _ = owner.Library.MemFree(address);
        owner.Allocations.Remove(Bytes);
        address = 0;
    }
}
