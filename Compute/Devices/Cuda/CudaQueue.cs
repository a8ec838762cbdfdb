namespace Sweeps.Compute.Devices.Cuda;

/// <summary>
/// A stream of its own. Copies go through page-locked memory of the queue: what the driver does with an asynchronous copy of other memory
/// is its own affair, and a caller's span must not be read after the call.
/// </summary>
internal sealed unsafe class CudaQueue : IDeviceQueue
{
    private const uint NonBlocking = 1;

    private readonly CudaDevice owner;
    private readonly HostStaging staging;
    private readonly byte* memory;
    private nint stream;

    /// <summary>In the context that the caller has entered.</summary>
    public CudaQueue(CudaDevice owner)
    {
        this.owner = owner;
        void* pinned;
        owner.Check(owner.Library.MemHostAlloc(&pinned, HostStaging.DefaultBytes, 0), "cuMemHostAlloc");
        memory = (byte*)pinned;
        nint created;
        int status = owner.Library.StreamCreate(&created, NonBlocking);
        if (status != CudaStatus.Success)
        {
            _ = owner.Library.MemFreeHost(pinned);
            owner.Check(status, "cuStreamCreate");
        }
        stream = created;
        staging = new(memory, HostStaging.DefaultBytes, Synchronise);
    }

    public void Write(ReadOnlySpan<byte> source, IDeviceBuffer destination, long offset)
    {
        Enter();
        ulong address = ((CudaBuffer)destination).Address + (ulong)offset;
        while (!source.IsEmpty)
        {
            int length = staging.Take(source, out byte* piece);
            owner.Check(owner.Library.MemcpyHtoDAsync(address, piece, (nuint)length, stream), "copy to the device");
            source = source[length..];
            address += (ulong)length;
        }
    }

    public void Read(IDeviceBuffer source, long offset, Span<byte> destination)
    {
        Enter();
        ulong address = ((CudaBuffer)source).Address + (ulong)offset;
        while (!destination.IsEmpty)
        {
            // Earlier copies may still have to be read from the staging memory; the stream's order keeps them before this one.
            int length = Math.Min(destination.Length, HostStaging.DefaultBytes);
            owner.Check(owner.Library.MemcpyDtoHAsync(memory, address, (nuint)length, stream), "copy from the device");
            Synchronise();
            new ReadOnlySpan<byte>(memory, length).CopyTo(destination);
            destination = destination[length..];
            address += (ulong)length;
        }
    }

    public void Clear(IDeviceBuffer buffer, long offset, long bytes)
    {
        Enter();
        ulong address = ((CudaBuffer)buffer).Address + (ulong)offset;
        int status = (address | (ulong)bytes) % sizeof(uint) == 0
            ? owner.Library.MemsetD32Async(address, 0, (nuint)bytes / sizeof(uint), stream)
            : owner.Library.MemsetD8Async(address, 0, (nuint)bytes, stream);
        owner.Check(status, "clearing of memory");
    }

    public void Launch(IDeviceKernel kernel, LaunchGrid grid, params ReadOnlySpan<KernelArgument> arguments)
    {
        Enter();
        ((CudaKernel)kernel).Launch(stream, grid, arguments);
    }

    public void Finish()
    {
        Enter();
        Synchronise();
    }

    public void Dispose()
    {
        if (stream != 0 && owner.TryEnter())
        {
            // The device may still read the staging memory.
            _ = owner.Library.StreamSynchronize(stream);
            _ = owner.Library.StreamDestroy(stream);
            _ = owner.Library.MemFreeHost(memory);
        }
        stream = 0;
    }

    private void Synchronise() => owner.Check(owner.Library.StreamSynchronize(stream), "waiting for the queue");

    private void Enter()
    {
        ObjectDisposedException.ThrowIf(stream == 0, this);
        owner.Enter();
    }
}
