namespace Sweeps.Compute.Tests.Models;

/// <summary>The five-point slope, error h⁴ f⁗′/30.</summary>
internal static class FiniteDifference
{
    public static double Slope(Func<double, double> f, double x, double h) =>
        (f(x - 2 * h) - 8 * f(x - h) + 8 * f(x + h) - f(x + 2 * h)) / (12 * h);
}
