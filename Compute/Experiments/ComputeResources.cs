using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Experiments;

/// <summary>What a point is measured with.</summary>
/// <param name="Loop">Threads of this machine.</param>
/// <param name="Device">The device that runs the hot computations, for this thread; null for the processor.</param>
public sealed record ComputeResources(IParallelLoop Loop, DeviceSession? Device = null);
