namespace Sweeps.Compute.Estimators;

/// <summary>
/// The time of the largest class-entropy rate: a cubic through the logarithm of the measured rate (physics §3), by least squares, and the maximum of
/// that cubic inside the measured times. The design is the same for every replicate, so it is solved once.
/// </summary>
internal sealed class EntropyPeakFit
{
    /// <summary>Fewest times that leave the cubic something to fit.</summary>
    public const int FewestTimes = Terms + 1;

    private const int Terms = 4;
    private readonly double centre;
    private readonly double scale;
    private readonly double[] solution;
    private readonly int count;

    /// <param name="times">Distinct times, ascending, at least five.</param>
    public EntropyPeakFit(ReadOnlySpan<double> times)
    {
        count = times.Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(count, FewestTimes, nameof(times));
        centre = 0.5 * (times[0] + times[^1]);
        scale = 0.5 * (times[^1] - times[0]);
        solution = Solution(times);
    }

    /// <summary>Peak time, or null where a rate is not positive or the maximum is at an edge.</summary>
    public double? Peak(ReadOnlySpan<double> rates)
    {
        Span<double> c = stackalloc double[Terms];
        for (int i = 0; i < count; i++)
        {
            if (!(rates[i] > 0)) return null;
            double log = Math.Log(rates[i]);
            for (int p = 0; p < Terms; p++) c[p] += solution[p * count + i] * log;
        }
        // c1 + 2 c2 τ + 3 c3 τ² = 0 with falling slope: c2 + 3 c3 τ = −√(c2² − 3 c1 c3).
        double discriminant = c[2] * c[2] - 3 * c[1] * c[3];
        if (discriminant <= 0) return null;
        double root = Math.Sqrt(discriminant);
        double tau = c[2] <= 0 ? c[1] / (root - c[2]) : (-c[2] - root) / (3 * c[3]);
        return tau > -1 && tau < 1 ? centre + scale * tau : null;
    }

    /// <summary>The 4 × count matrix that takes values to coefficients, by modified Gram–Schmidt of the Vandermonde columns.</summary>
    private double[] Solution(ReadOnlySpan<double> times)
    {
        var q = new double[Terms][];
        var r = new double[Terms, Terms];
        for (int p = 0; p < Terms; p++)
        {
            q[p] = new double[count];
            for (int i = 0; i < count; i++) q[p][i] = Math.Pow((times[i] - centre) / scale, p);
            for (int b = 0; b < p; b++)
            {
                double dot = 0;
                for (int i = 0; i < count; i++) dot += q[b][i] * q[p][i];
                r[b, p] = dot;
                for (int i = 0; i < count; i++) q[p][i] -= dot * q[b][i];
            }
            double norm = 0;
            for (int i = 0; i < count; i++) norm += q[p][i] * q[p][i];
            r[p, p] = Math.Sqrt(norm);
            for (int i = 0; i < count; i++) q[p][i] /= r[p, p];
        }
        var rows = new double[Terms * count];
        for (int i = 0; i < count; i++)
        {
            for (int p = Terms - 1; p >= 0; p--)
            {
                double value = q[p][i];
                for (int b = p + 1; b < Terms; b++) value -= r[p, b] * rows[b * count + i];
                rows[p * count + i] = value / r[p, p];
            }
        }
        return rows;
    }
}
