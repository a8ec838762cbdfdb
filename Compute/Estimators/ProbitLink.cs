using Sweeps.Compute.Theory;

namespace Sweeps.Compute.Estimators;

/// <summary>The standard normal distribution function, ½ at x = 0.</summary>
internal readonly struct ProbitLink : ILink
{
    private const double Furthest = 6;
    private const double RootHalf = 0.70710678118654752;
    private const double DensityAtZero = 0.39894228040143268;

    public static double Probability(double x, out double slope)
    {
        double near = Math.Clamp(x, -Furthest, Furthest);
        slope = DensityAtZero * Math.Exp(-0.5 * near * near);
        return 0.5 * ErrorFunction.Erfc(-near * RootHalf);
    }
}
