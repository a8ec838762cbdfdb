namespace Sweeps.Compute.Tests.Theory;

/// <summary>Averages by brute force, sharing no formula with the code under test.</summary>
internal static class Integrals
{
    /// <summary>
    /// E g(y), y ~ N(ρ, ρ), by Simpson's rule on ±12 standard deviations with steps a hundredth of the narrower of the Gaussian and 1.
    /// </summary>
    public static double Average(double rho, Func<double, double> g)
    {
        double width = Math.Sqrt(rho), low = rho - 12 * width;
        int intervals = 2 * (int)Math.Ceiling(1200 * Math.Max(1, width));
        double step = 24 * width / intervals, sum = 0;
        for (int i = 0; i <= intervals; i++)
        {
            double y = low + i * step, z = (y - rho) / width;
            sum += (i == 0 || i == intervals ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-z * z / 2) * g(y);
        }
        return sum * step / 3 / (width * Math.Sqrt(2 * Math.PI));
    }

    public static double Sech2(double y) => 1 / (Math.Cosh(y) * Math.Cosh(y));

    /// <summary>−p ln p − (1−p) ln(1−p).</summary>
    public static double BinaryEntropy(double y)
    {
        double p = 1 / (1 + Math.Exp(-2 * y)), q = 1 / (1 + Math.Exp(2 * y));
        return (p > 0 ? -p * Math.Log(p) : 0) + (q > 0 ? -q * Math.Log(q) : 0);
    }
}
