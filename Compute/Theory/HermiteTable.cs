using System.Runtime.CompilerServices;

namespace Sweeps.Compute.Theory;

/// <summary>
/// A function on equally spaced nodes, between them the cubic that meets values and slopes at both ends: error (1/384) h⁴ max |f⁗|.
/// </summary>
internal sealed class HermiteTable
{
    private readonly double low;
    private readonly double perUnit;
    private readonly double[] nodes;

    /// <param name="low">First node.</param>
    /// <param name="high">Last node.</param>
    /// <param name="perUnit">Intervals per unit of x; (high − low) times this must be an integer.</param>
    /// <param name="function">Value and slope at x.</param>
    public HermiteTable(double low, double high, int perUnit, Func<double, (double Value, double Slope)> function)
    {
        this.low = low;
        this.perUnit = perUnit;
        nodes = new double[2 * ((int)Math.Round((high - low) * perUnit) + 1)];
        for (int k = 0; 2 * k < nodes.Length; k++)
        {
            (double value, double slope) = function(low + k / (double)perUnit);
            nodes[2 * k] = value;
            nodes[2 * k + 1] = slope / perUnit;
        }
    }

    /// <summary>Value and slope at x, which must lie in [low, high).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double At(double x, out double slope)
    {
        double u = (x - low) * perUnit;
        int k = (int)u;
        double f = u - k;
        ReadOnlySpan<double> around = nodes.AsSpan(2 * k, 4);
        double rise = around[2] - around[0], start = around[1], end = around[3];
        double c2 = 3 * rise - 2 * start - end, c3 = start + end - 2 * rise;
        slope = (start + f * (2 * c2 + 3 * f * c3)) * perUnit;
        return around[0] + f * (start + f * (c2 + f * c3));
    }
}
