using Sweeps.Compute.Theory;

namespace Sweeps.Compute.Estimators;

/// <summary>
/// The time at which the clone probability crosses φ(1) = 0.7752 (physics §3): maximum likelihood of binomial counts under
/// <c>φ(exp(a + b τ + c τ²))</c>, τ = (t − centre)/scale, then the root of the polynomial. Fisher scoring; counts may be fractional (soft scores).
/// </summary>
internal sealed class CloneProbabilityFit
{
    private const int MaximumIterations = 30;
    private const int FewestForCurvature = 6;

    /// <summary>Twice the log-likelihood that a step promises; the last step, too, is taken, and squares what error is left.</summary>
    private const double SmallestGain = 1e-9;

    /// <summary>Below this the quadratic model holds, and a step needs no look at the likelihood.</summary>
    private const double LargestPlainGain = 0.25;
    private readonly double[] tau;
    private readonly double centre;
    private readonly double scale;
    private readonly int terms;

    /// <param name="times">Branch times, ascending, distinct.</param>
    /// <param name="centre">Where ρ = 1 in theory: only an origin and a start.</param>
    /// <param name="scale">|d ln ρ/dt|⁻¹ there, for the start.</param>
    public CloneProbabilityFit(ReadOnlySpan<double> times, double centre, double scale)
    {
        this.centre = centre;
        this.scale = scale;
        tau = new double[times.Length];
        for (int i = 0; i < tau.Length; i++) tau[i] = (times[i] - centre) / scale;
        // With few times most lie where φ is ½ or 1 and say nothing of the curvature: then a straight line in ln ρ, which it nearly is.
        terms = times.Length >= FewestForCurvature ? 3 : times.Length >= 2 ? 2 : 0;
    }

    /// <summary>Coefficients to start from: ln ρ falls by 1 per unit τ.</summary>
    public static double[] Start() => [0, -1, 0];

    /// <summary>Crossing time, or null where the fit does not converge or has no falling root between the first and the last branch time.</summary>
    /// <param name="same">Pairs that ended in the same class, per branch time.</param>
    /// <param name="pairs">Pairs per branch time.</param>
    /// <param name="coefficients">Start; on success the fitted a, b, c.</param>
    public double? Crossing(ReadOnlySpan<double> same, double pairs, Span<double> coefficients)
    {
        if (terms < 2) return null;
        Span<double> fitted = stackalloc double[3];
        coefficients.CopyTo(fitted);
        if (!Fit(same, pairs, fitted)) return null;
        fitted.CopyTo(coefficients);
        double? root = FallingRoot(fitted[0], fitted[1], fitted[2]);
        return root is double at && at >= tau[0] && at <= tau[^1] ? centre + scale * at : null;
    }

    private bool Fit(ReadOnlySpan<double> same, double pairs, Span<double> c)
    {
        Span<double> step = stackalloc double[3];
        for (int iteration = 0; iteration < MaximumIterations; iteration++)
        {
            double g0 = 0, g1 = 0, g2 = 0, s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0;
            for (int i = 0; i < tau.Length; i++)
            {
                double x = tau[i];
                double phi = Probability(c[0] + x * (c[1] + x * c[2]), out double slope);
                double weight = slope / (phi * (1 - phi)), residual = (same[i] - pairs * phi) * weight, information = pairs * slope * weight;
                g0 += residual;
                g1 += residual * x;
                g2 += residual * x * x;
                s0 += information;
                s1 += information * x;
                s2 += information * x * x;
                s3 += information * x * x * x;
                s4 += information * x * x * x * x;
            }
            if (!(terms == 3 ? Solve3(s0, s1, s2, s3, s4, g0, g1, g2, step) : Solve2(s0, s1, s2, g0, g1, step))) return false;
            double gain = g0 * step[0] + g1 * step[1] + g2 * step[2];
            if (gain > LargestPlainGain) Shorten(same, pairs, c, step);
            for (int i = 0; i < 3; i++) c[i] += step[i];
            if (gain < SmallestGain) return true;
        }
        return false;
    }

    /// <summary>Halves the step until the likelihood does not fall.</summary>
    private void Shorten(ReadOnlySpan<double> same, double pairs, ReadOnlySpan<double> c, Span<double> step)
    {
        double likelihood = LogLikelihood(same, pairs, c);
        Span<double> trial = stackalloc double[3];
        for (int halving = 0; halving < 20; halving++)
        {
            for (int i = 0; i < 3; i++) trial[i] = c[i] + step[i];
            if (LogLikelihood(same, pairs, trial) >= likelihood) return;
            for (int i = 0; i < 3; i++) step[i] *= 0.5;
        }
    }

    private double LogLikelihood(ReadOnlySpan<double> same, double pairs, ReadOnlySpan<double> c)
    {
        double sum = 0;
        for (int i = 0; i < tau.Length; i++)
        {
            double phi = Probability(c[0] + tau[i] * (c[1] + tau[i] * c[2]), out _);
            sum += same[i] * Math.Log(phi) + (pairs - same[i]) * Math.Log(1 - phi);
        }
        return sum;
    }

    /// <summary>φ(e^x) and dφ/dx, kept off ½ and 1, where a count in the tail would have no likelihood.</summary>
    private static double Probability(double x, out double slope) =>
        Math.Clamp(PosteriorTable.CloneProbability(Math.Clamp(x, -13, 6), out slope), 0.5 + 1e-9, 1 - 1e-9);

    private static double? FallingRoot(double a, double b, double c)
    {
        if (c == 0) return b < 0 ? -a / b : null;
        double discriminant = b * b - 4 * a * c;
        if (discriminant <= 0) return null;
        // The root with b + 2 c τ = −√discriminant, in the form that does not cancel.
        double root = Math.Sqrt(discriminant);
        return b <= 0 ? 2 * a / (root - b) : (-b - root) / (2 * c);
    }

    private static bool Solve2(double s0, double s1, double s2, double g0, double g1, Span<double> x)
    {
        double determinant = s0 * s2 - s1 * s1;
        if (!(determinant > 1e-12 * s0 * s2)) return false;
        x[0] = (g0 * s2 - g1 * s1) / determinant;
        x[1] = (s0 * g1 - s1 * g0) / determinant;
        x[2] = 0;
        return true;
    }

    /// <summary>Cholesky of the 3 × 3 information matrix.</summary>
    private static bool Solve3(double s0, double s1, double s2, double s3, double s4, double g0, double g1, double g2, Span<double> x)
    {
        if (!(s0 > 0)) return false;
        double l00 = Math.Sqrt(s0), l10 = s1 / l00, l20 = s2 / l00;
        double d1 = s2 - l10 * l10;
        if (!(d1 > 1e-12 * s2)) return false;
        double l11 = Math.Sqrt(d1), l21 = (s3 - l20 * l10) / l11;
        double d2 = s4 - l20 * l20 - l21 * l21;
        if (!(d2 > 1e-12 * s4)) return false;
        double l22 = Math.Sqrt(d2);
        double y0 = g0 / l00, y1 = (g1 - l10 * y0) / l11, y2 = (g2 - l20 * y0 - l21 * y1) / l22;
        x[2] = y2 / l22;
        x[1] = (y1 - l21 * x[2]) / l11;
        x[0] = (y0 - l10 * x[1] - l20 * x[2]) / l00;
        return true;
    }
}
