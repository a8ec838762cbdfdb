namespace Sweeps.Compute.Kernels.Rates;

/// <summary>
/// Something of this machine, or of a kernel on it, whose speed can be measured. It knows what the work is, never how long it takes:
/// whoever has a clock prepares the work on each thread, runs it, and divides.
/// </summary>
public interface IKernelRate
{
    /// <summary>The key for programs: <c>fma_peak_gflops</c>. Stable.</summary>
    string Name { get; }

    /// <summary>What is measured, for people.</summary>
    string Description { get; }

    /// <summary>The unit of the rate: <c>GFLOP/s</c>.</summary>
    string Unit { get; }

    /// <summary>How many units of work one <see cref="Unit"/> counts per second: 10⁹ for GFLOP/s, 1 for a plain count.</summary>
    double UnitSize { get; }

    /// <summary>The key of the rate's fraction of the peak, where the two have the same unit; else null.</summary>
    string? FractionName => null;

    /// <summary>Makes what one thread needs, in memory of its own; called on that thread, so that its pages lie near it.</summary>
    /// <param name="thread">Which thread, from 0; each has random streams of its own.</param>
    /// <param name="threads">How many threads there are.</param>
    /// <exception cref="OutOfMemoryException">There is not enough memory.</exception>
    IKernelWork Prepare(int thread, int threads);
}
