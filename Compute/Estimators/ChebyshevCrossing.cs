namespace Sweeps.Compute.Estimators;

/// <summary>
/// Where a smooth function known at Chebyshev nodes of an interval crosses a level: barycentric interpolation (Berrut and Trefethen, SIAM Review 46,
/// 501, 2004, eq. 4.2 with weights 5.3) and bisection.
/// </summary>
internal static class ChebyshevCrossing
{
    /// <summary>Chebyshev nodes of the first kind on [low, high], ascending.</summary>
    public static double[] Nodes(double low, double high, int count)
    {
        var nodes = new double[count];
        for (int i = 0; i < count; i++)
            nodes[i] = 0.5 * (low + high) - 0.5 * (high - low) * Math.Cos(Math.PI * (2 * i + 1) / (2 * count));
        return nodes;
    }

    /// <summary>The crossing from above to below between the first and the last node; null if the ends do not bracket one.</summary>
    /// <exception cref="ArithmeticException">A value is not finite.</exception>
    public static double? FallingCrossing(ReadOnlySpan<double> nodes, ReadOnlySpan<double> values, double level)
    {
        foreach (double value in values)
            if (!double.IsFinite(value)) throw new ArithmeticException("a value to find a crossing in is not finite");
        if (!(values[0] > level) || !(values[^1] < level)) return null;
        double low = nodes[0], high = nodes[^1];
        for (int i = 0; i < 60 && high - low > 1e-13 * high; i++)
        {
            double middle = 0.5 * (low + high);
            if (Interpolate(nodes, values, middle) > level) low = middle;
            else high = middle;
        }
        return 0.5 * (low + high);
    }

    internal static double Interpolate(ReadOnlySpan<double> nodes, ReadOnlySpan<double> values, double x)
    {
        double numerator = 0, denominator = 0;
        for (int i = 0; i < nodes.Length; i++)
        {
            double difference = x - nodes[i];
            if (difference == 0) return values[i];
            double weight = ((i & 1) == 0 ? 1 : -1) * Math.Sin(Math.PI * (2 * i + 1) / (2 * nodes.Length)) / difference;
            numerator += weight * values[i];
            denominator += weight;
        }
        return numerator / denominator;
    }
}
