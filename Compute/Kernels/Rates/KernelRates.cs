using System.Collections.Immutable;
using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels.EmpiricalScore;

namespace Sweeps.Compute.Kernels.Rates;

/// <summary>What <c>sweeps bench</c> measures.</summary>
/// <param name="Peak">What the others are held against, measured in turn with each of them.</param>
/// <param name="Kernels">The others, in the order in which they are shown.</param>
public sealed record KernelRates(IKernelRate Peak, ImmutableArray<IKernelRate> Kernels)
{
    /// <summary>The rates of this machine's CPU.</summary>
    /// <param name="memoryBytes">
    /// Size of the arrays, of all threads together, through which the memory's bandwidth is measured; several times the last-level cache,
    /// else it is the cache's.
    /// </param>
    public static KernelRates OfCpu(long memoryBytes) => new(
        new FmaPeak(),
        [new MemoryBandwidth(memoryBytes), new NormalsRate(), new SamplerRate(), new ScoreRate(256), new ScoreRate(1024)]);

    /// <summary>The rates of a device; the work of each thread has a queue of its own on it.</summary>
    public static KernelRates OfDevice(ComputeDevice device) => OfDevice(device.Inner);

    internal static KernelRates OfDevice(IDevice device)
    {
        ImmutableArray<IKernelRate> kernels =
            [new NormalsDeviceRate(device), new SamplerDeviceRate(device), new ScoreDeviceRate(device, 256), new ScoreDeviceRate(device, 1024)];
        // OpenCL only spells tensor units out.
        if (device.Description.Kind == DeviceKind.Cuda)
            kernels = [
                .. kernels, new ScoreDeviceRate(device, 256, ProductUnits.Tensor), new ScoreDeviceRate(device, 1024, ProductUnits.Tensor)];
        return new(new FmaPeakDevice(device), kernels);
    }
}
