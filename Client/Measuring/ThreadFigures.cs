using System.Collections.Immutable;
using Sweeps.Compute.Kernels.Rates;

namespace Sweeps.Client.Measuring;

/// <summary>What a number of threads reached.</summary>
/// <param name="Threads">How many.</param>
/// <param name="Rounds">Of how many rounds the best is taken.</param>
/// <param name="Peak">The peak, in its unit.</param>
/// <param name="Kernels">The other rates, each in its unit, in the order in which they were given.</param>
internal sealed record ThreadFigures(int Threads, int Rounds, double Peak, ImmutableArray<double> Kernels)
{
    /// <summary>Kernel number <paramref name="kernel"/> as a fraction of the peak; both must count the same units.</summary>
    public double Fraction(int kernel) => Kernels[kernel] / Peak;

    /// <summary>The figures of all that was measured, the peak first.</summary>
    public IEnumerable<(IKernelRate Rate, double Value, double? Fraction)> With(KernelRates rates) =>
        rates.Kernels.Select((rate, i) => (rate, Kernels[i], rate.FractionName is null ? (double?)null : Fraction(i)))
            .Prepend((rates.Peak, Peak, null));
}
