namespace Sweeps.Compute.Estimators;

/// <summary>Where a polynomial of degree up to three falls through zero.</summary>
internal static class FallingRoot
{
    private const int Halvings = 60;

    /// <summary>The falling root in [low, high]; the one nearest to 0 if a cubic has two, null if there is none.</summary>
    /// <param name="c">c₀ … c₃.</param>
    /// <param name="low">First place to look.</param>
    /// <param name="high">Last place to look.</param>
    public static double? Of(ReadOnlySpan<double> c, double low, double high)
    {
        if (c[3] == 0) return OfQuadratic(c[0], c[1], c[2]) is double root && root >= low && root <= high ? root : null;
        // Between the zeros of the derivative, a falling and a rising one, the cubic is monotone.
        Span<double> ends =
        [
            low,
            Math.Clamp(OfQuadratic(c[1], 2 * c[2], 3 * c[3]) ?? low, low, high),
            Math.Clamp(OfQuadratic(-c[1], -2 * c[2], -3 * c[3]) ?? low, low, high),
            high,
        ];
        ends.Sort();
        double? nearest = null;
        for (int i = 0; i + 1 < ends.Length; i++)
        {
            double left = ends[i], right = ends[i + 1];
            if (!(At(c, left) > 0) || !(At(c, right) <= 0)) continue;
            for (int halving = 0; halving < Halvings; halving++)
            {
                double middle = 0.5 * (left + right);
                if (At(c, middle) > 0) left = middle;
                else right = middle;
            }
            if (nearest is not double other || Math.Abs(right) < Math.Abs(other)) nearest = right;
        }
        return nearest;
    }

    private static double At(ReadOnlySpan<double> c, double x) => c[0] + x * (c[1] + x * (c[2] + x * c[3]));

    private static double? OfQuadratic(double a, double b, double c)
    {
        if (c == 0) return b < 0 ? -a / b : null;
        double discriminant = b * b - 4 * a * c;
        if (discriminant <= 0) return null;
        // The root with b + 2 c x = −√discriminant, in the form that does not cancel.
        double root = Math.Sqrt(discriminant);
        return b <= 0 ? 2 * a / (root - b) : (-b - root) / (2 * c);
    }
}
