using System.Runtime.InteropServices;

namespace Sweeps.Compute.Devices.OpenCl;

internal sealed unsafe class OpenClQueue : IDeviceQueue
{
    private const uint Blocking = 1;

    private readonly OpenClDevice owner;
    private readonly HostStaging staging;
    private readonly byte* memory;
    private nint queue;

    public OpenClQueue(OpenClDevice owner, nint context, nint device)
    {
        this.owner = owner;
        int status;
        queue = owner.Library.CreateCommandQueue(context, device, 0, &status);
        owner.Check(status, "clCreateCommandQueue");
        memory = (byte*)NativeMemory.AlignedAlloc(HostStaging.DefaultBytes, 4096);
        staging = new(memory, HostStaging.DefaultBytes, Finish);
    }

    private nint Queue
    {
        get
        {
            ObjectDisposedException.ThrowIf(queue == 0, this);
            return queue;
        }
    }

    public void Write(ReadOnlySpan<byte> source, IDeviceBuffer destination, long offset)
    {
        nint target = ((OpenClBuffer)destination).Memory;
        while (!source.IsEmpty)
        {
            int length = staging.Take(source, out byte* piece);
            Check(owner.Library.EnqueueWriteBuffer(Queue, target, 0, (nuint)offset, (nuint)length, piece, 0, null, null),
                "copy to the device");
            source = source[length..];
            offset += length;
        }
    }

    public void Read(IDeviceBuffer source, long offset, Span<byte> destination)
    {
        if (destination.IsEmpty) return;
        nint from = ((OpenClBuffer)source).Memory;
        fixed (byte* d = destination)
            Check(owner.Library.EnqueueReadBuffer(Queue, from, Blocking, (nuint)offset, (nuint)destination.Length, d, 0, null, null),
                "copy from the device");
    }

    public void Clear(IDeviceBuffer buffer, long offset, long bytes)
    {
        if (bytes == 0) return;
        uint zero = 0;
        // The pattern's size must divide both.
        nuint pattern = (offset | bytes) % sizeof(uint) == 0 ? sizeof(uint) : 1u;
        nint target = ((OpenClBuffer)buffer).Memory;
        Check(owner.Library.EnqueueFillBuffer(Queue, target, &zero, pattern, (nuint)offset, (nuint)bytes, 0, null, null),
            "clearing of memory");
    }

    public void Launch(IDeviceKernel kernel, LaunchGrid grid, params ReadOnlySpan<KernelArgument> arguments)
    {
        ((OpenClKernel)kernel).Launch(Queue, grid, arguments);
        // Some drivers keep work back until they are asked for it.
        Check(owner.Library.Flush(Queue), "clFlush");
    }

    public void Finish() => Check(owner.Library.Finish(Queue), "waiting for the queue");

    public void Dispose()
    {
        if (queue == 0) return;
        // The driver may still read the staging memory.
        _ = owner.Library.Finish(queue);
        _ = owner.Library.ReleaseCommandQueue(queue);
        NativeMemory.AlignedFree(memory);
        queue = 0;
    }

    private void Check(int status, string what) => owner.Check(status, what);
}
