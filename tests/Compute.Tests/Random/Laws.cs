using Sweeps.Compute.Theory;

namespace Sweeps.Compute.Tests.Random;

/// <summary>Distribution functions and tests of fit that the statistical tests state their tolerance by.</summary>
internal static class Laws
{
    public static double Normal(double x) => 0.5 * ErrorFunction.Erfc(-x / Math.Sqrt(2));

    /// <summary>Student's t, by Simpson's rule over the density from 0.</summary>
    public static double Student(double x, int freedom)
    {
        const int Panels = 2000;
        double h = Math.Abs(x) / Panels, sum = 0;
        for (int i = 0; i <= Panels; i++)
            sum += (i is 0 or Panels ? 1 : i % 2 == 1 ? 4 : 2) * Math.Pow(1 + i * h * i * h / freedom, -0.5 * (freedom + 1));
        // ∫ over the line is B(½, f/2) √f; for odd f = 2k+1 it is the product of a ladder of ratios from that of f = 1, π.
        double total = Math.PI;
        for (int f = 1; f < freedom; f += 2) total *= f / (f + 1.0);
        if (freedom % 2 == 0) throw new ArgumentOutOfRangeException(nameof(freedom), freedom, "odd ones only");
        return 0.5 + Math.Sign(x) * sum * h / 3 / (total * Math.Sqrt(freedom));
    }

    /// <summary>p-value of the Kolmogorov–Smirnov statistic of a sample against a law, with Stephens' correction for its size.</summary>
    public static double KolmogorovSmirnov(IEnumerable<double> sample, Func<double, double> law)
    {
        double[] sorted = [.. sample.Order()];
        double largest = 0, n = sorted.Length;
        for (int i = 0; i < sorted.Length; i++)
        {
            double p = law(sorted[i]);
            largest = Math.Max(largest, Math.Max((i + 1) / n - p, p - i / n));
        }
        double lambda = (Math.Sqrt(n) + 0.12 + 0.11 / Math.Sqrt(n)) * largest, sum = 0;
        for (int k = 1; k <= 100; k++) sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2 * k * k * lambda * lambda);
        return lambda < 0.2 ? 1 : Math.Clamp(sum, 0, 1);
    }

    /// <summary>Pearson's χ² of counts as a standard normal deviate (Wilson and Hilferty); large is a bad fit.</summary>
    public static double ChiSquareDeviate(ReadOnlySpan<double> counts, ReadOnlySpan<double> expected)
    {
        double chi2 = 0;
        for (int i = 0; i < counts.Length; i++) chi2 += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
        double freedom = counts.Length - 1, spread = 2 / (9 * freedom);
        return (Math.Cbrt(chi2 / freedom) - (1 - spread)) / Math.Sqrt(spread);
    }
}
