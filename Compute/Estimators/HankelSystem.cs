namespace Sweeps.Compute.Estimators;

/// <summary>
/// Solves <c>Σ_j s_{i+j} x_j = g_i</c>, the normal equations of a polynomial of few terms, by Cholesky's factorisation.
/// </summary>
internal static class HankelSystem
{
    private const int MostTerms = 4;

    /// <summary>A pivot that keeps less than this of its diagonal entry is all rounding.</summary>
    private const double SmallestPivot = 1e-12;

    /// <param name="s">s_0 … s_{2n−2}, n = <c>g.Length</c>.</param>
    /// <param name="g">Right side, at most 4 entries.</param>
    /// <param name="x">The first n entries get the solution.</param>
    /// <returns>Whether the matrix is positive definite to rounding.</returns>
    public static bool Solve(ReadOnlySpan<double> s, ReadOnlySpan<double> g, Span<double> x)
    {
        int n = g.Length;
        Span<double> l = stackalloc double[MostTerms * MostTerms], y = stackalloc double[MostTerms];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double sum = s[i + j];
                for (int k = 0; k < j; k++) sum -= l[MostTerms * i + k] * l[MostTerms * j + k];
                l[MostTerms * i + j] = sum / l[MostTerms * j + j];
            }
            double pivot = s[2 * i];
            for (int k = 0; k < i; k++) pivot -= l[MostTerms * i + k] * l[MostTerms * i + k];
            if (!(pivot > (i == 0 ? 0 : SmallestPivot * s[2 * i]))) return false;
            l[MostTerms * i + i] = Math.Sqrt(pivot);
            double right = g[i];
            for (int k = 0; k < i; k++) right -= l[MostTerms * i + k] * y[k];
            y[i] = right / l[MostTerms * i + i];
        }
        for (int i = n - 1; i >= 0; i--)
        {
            double sum = y[i];
            for (int k = i + 1; k < n; k++) sum -= l[MostTerms * k + i] * x[k];
            x[i] = sum / l[MostTerms * i + i];
        }
        return true;
    }
}
