namespace Sweeps.Compute.Devices.Cuda;

internal sealed unsafe class CudaKernel(CudaDevice owner, nint function, PtxEntry entry) : IDeviceKernel
{
    private const int MaxDynamicSharedSizeBytes = 8;

    /// <summary>What every kernel may have without asking.</summary>
    private const int PlainLocalBytes = 48 << 10;

    private readonly Lock gate = new();
    private int granted = PlainLocalBytes;

    public string Name => entry.Name;

    public int GroupSize => entry.GroupSize;

    /// <summary>In the context that the caller has entered.</summary>
    internal void Launch(nint stream, LaunchGrid grid, ReadOnlySpan<KernelArgument> arguments)
    {
        int count = entry.ParameterBytes.Length;
        if (arguments.Length != count)
            throw new ArgumentException($"kernel {Name} has {count} parameters, not {arguments.Length}", nameof(arguments));
        Grant(grid.LocalBytes);
        ulong* values = stackalloc ulong[count];
        void** pointers = stackalloc void*[count];
        for (int i = 0; i < count; i++)
        {
            if (arguments[i].Size != entry.ParameterBytes[i])
                throw new ArgumentException($"parameter {i} of kernel {Name} is not of {arguments[i].Size} bytes", nameof(arguments));
            values[i] = arguments[i].Buffer is null ? arguments[i].Bits : ((CudaBuffer)arguments[i].Buffer!).Address;
            pointers[i] = values + i;
        }
        int status = owner.Library.LaunchKernel(
            function, (uint)grid.X, (uint)grid.Y, 1, (uint)GroupSize, 1, 1, (uint)grid.LocalBytes, stream, pointers, null);
        if (status != CudaStatus.Success) owner.Check(status, $"launch of {Name}");
    }

    private void Grant(int localBytes)
    {
        lock (gate)
        {
            if (localBytes <= granted) return;
            owner.Check(owner.Library.FuncSetAttribute(function, MaxDynamicSharedSizeBytes, localBytes), $"local memory of {Name}");
            granted = localBytes;
        }
    }
}
