using System.Collections.Immutable;

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
}
