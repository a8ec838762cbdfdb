using Sweeps.Compute.Theory;

namespace Sweeps.Benchmarks.Distribution;

/// <summary>Statistics as standard normal deviates, so that one limit serves all tests.</summary>
internal static class Deviates
{
    private const double LargestExactMean = 1000;

    /// <summary>Q(x) = P(N(0, 1) &gt; x), with all its digits in the tail.</summary>
    public static double Beyond(double x) => 0.5 * ErrorFunction.Erfc(x / Math.Sqrt(2));

    /// <summary>Two-sided p-value of a deviate.</summary>
    public static double Probability(double z) => 2 * Beyond(Math.Abs(z));

    /// <summary>The deviate ≥ 0 of a two-sided p-value; 8.2 stands for all below 2e-16.</summary>
    public static double OfProbability(double p) => p < 2.3e-16 ? 8.2 : Math.Sqrt(2) * ErrorFunction.InverseErf(1 - Math.Min(1, p));

    /// <summary>
    /// Pearson's χ² by the cube root of Wilson and Hilferty; positive is a bad fit, far below zero one that is too good.
    /// </summary>
    public static double ChiSquare(double chiSquare, double freedom)
    {
        double spread = 2 / (9 * freedom);
        return (Math.Cbrt(chiSquare / freedom) - (1 - spread)) / Math.Sqrt(spread);
    }

    public static double ChiSquare(ReadOnlySpan<double> counts, ReadOnlySpan<double> expected)
    {
        double sum = 0;
        for (int i = 0; i < counts.Length; i++) sum += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
        return ChiSquare(sum, counts.Length - 1);
    }

    /// <summary>
    /// A count against a Poisson mean: from the exact two-sided p-value where the mean is small, else by its standard deviation.
    /// </summary>
    public static double Poisson(long count, double mean)
    {
        if (mean > LargestExactMean) return (count - mean) / Math.Sqrt(mean);
        double term = Math.Exp(-mean), below = 0;
        for (long k = 0; k < count; k++, term *= mean / k) below += term;
        double upTo = below + term, atLeast = 1 - below;
        return upTo < atLeast ? -OfProbability(2 * upTo) : OfProbability(2 * atLeast);
    }

    /// <summary>The largest distance D of an empirical distribution function of n draws from its law, by Kolmogorov's limit.</summary>
    public static double KolmogorovSmirnov(double distance, double n)
    {
        double lambda = Math.Sqrt(n) * distance, p = 0;
        if (lambda < 0.3) return 0;
        for (int k = 1; k <= 100; k++) p += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * lambda * lambda);
        return OfProbability(p);
    }
}
