namespace Sweeps.Compute.Devices;

/// <summary>Groups of a launch, in two dimensions; how many threads a group has, the kernel's text says.</summary>
internal readonly record struct LaunchGrid
{
    /// <summary>Most groups along y, on CUDA.</summary>
    public const int LargestY = 65535;

    /// <param name="x">Groups along x, at least 1.</param>
    /// <param name="y">Groups along y, 1 … 65535.</param>
    /// <param name="localBytes">Bytes of <c>LOCAL_MEMORY</c>, if the text has <c>LOCAL_PARAMETER</c>; else 0.</param>
    public LaunchGrid(int x, int y = 1, int localBytes = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(x, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(y, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(y, LargestY);
        ArgumentOutOfRangeException.ThrowIfNegative(localBytes);
        (X, Y, LocalBytes) = (x, y, localBytes);
    }

    public int X { get; }

    public int Y { get; }

    public int LocalBytes { get; }

    /// <summary>Groups enough for a number of threads, at least one, along x.</summary>
    /// <exception cref="OverflowException">More groups than a launch may have.</exception>
    public static LaunchGrid Covering(ulong threads, IDeviceKernel kernel)
    {
        ulong size = (ulong)kernel.GroupSize;
        return new(checked((int)Math.Max(1, threads / size + (threads % size == 0 ? 0u : 1u))));
    }
}
