namespace Sweeps.Compute.Estimators;

/// <summary>
/// Where a falling probability crosses the level at which its link is zero: maximum likelihood of binomial counts under <c>p = link(c₀ + c₁
/// τ + … )</c>, τ = (x − centre)/scale, then the falling root of the polynomial. Fisher scoring; counts may be fractional (soft scores).
/// </summary>
internal sealed class BinomialCrossingFit<TLink>
    where TLink : struct, ILink
{
    private const int MaximumIterations = 30;
    private const int MostTerms = 4;

    /// <summary>
    /// Fewest places of a straight line, a parabola, a cubic. With few places most lie where the probability stands still and say nothing
    /// of the curvature.
    /// </summary>
    private static readonly int[] FewestPlaces = [2, 6, 8];

    /// <summary>Twice the log-likelihood that a step promises; the last step, too, is taken, and squares what error is left.</summary>
    private const double SmallestGain = 1e-9;

    /// <summary>Below this the quadratic model holds, and a step needs no look at the likelihood.</summary>
    private const double LargestPlainGain = 0.25;
    private readonly double[] tau;
    private readonly double centre;
    private readonly double scale;
    private readonly int terms;

    /// <param name="places">Where the counts were taken: branch times, or their logarithms; ascending, distinct.</param>
    /// <param name="centre">About where the crossing is: an origin and a start.</param>
    /// <param name="scale">About the distance over which the predictor falls by 1, for the start.</param>
    /// <param name="degree">Degree of the polynomial, 1 to 3, where there are places enough for it.</param>
    public BinomialCrossingFit(ReadOnlySpan<double> places, double centre, double scale, int degree)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(degree, MostTerms - 1);
        this.centre = centre;
        this.scale = scale;
        tau = new double[places.Length];
        for (int i = 0; i < tau.Length; i++) tau[i] = (places[i] - centre) / scale;
        int allowed = 0;
        while (allowed < degree && tau.Length >= FewestPlaces[allowed]) allowed++;
        terms = allowed + 1;
    }

    /// <summary>Coefficients to start from: the predictor falls by 1 per unit τ.</summary>
    public static double[] Start() => [0, -1, 0, 0];

    /// <summary>
    /// The crossing, or null where the fit does not converge or has no falling root between the first and the last place.
    /// </summary>
    /// <param name="counts">Successes per place.</param>
    /// <param name="trials">Trials per place.</param>
    /// <param name="coefficients">Start; on success the fitted coefficients.</param>
    public double? Crossing(ReadOnlySpan<double> counts, double trials, Span<double> coefficients)
    {
        if (terms < 2) return null;
        Span<double> fitted = stackalloc double[MostTerms];
        coefficients.CopyTo(fitted);
        if (!Fit(counts, trials, fitted)) return null;
        fitted.CopyTo(coefficients);
        return FallingRoot.Of(fitted, tau[0], tau[^1]) is double at ? centre + scale * at : null;
    }

    /// <summary>
    /// The crossing of all batches, and of all but each. One replicate that does not cross leaves an error null, so the others are not
    /// fitted then.
    /// </summary>
    /// <param name="counts">Successes, a row per place.</param>
    /// <param name="batches">Trials: the samples of each batch.</param>
    /// <param name="replicates">The crossings without batch b.</param>
    public double? Crossing(BatchSums counts, Batches batches, Span<double?> replicates)
    {
        var remaining = new double[tau.Length];
        double[] start = Start();
        double? all = Leaving(-1, start);
        Span<double> warm = stackalloc double[MostTerms];
        for (int b = 0; b < Batches.Count && all is not null; b++)
        {
            start.CopyTo(warm);
            replicates[b] = Leaving(b, warm);
            if (replicates[b] is null) break;
        }
        return all;

        double? Leaving(int batch, Span<double> coefficients)
        {
            counts.Leaving(batch, remaining);
            return Crossing(remaining, batches.Samples - (batch < 0 ? 0 : batches.Size(batch)), coefficients);
        }
    }

    private bool Fit(ReadOnlySpan<double> counts, double trials, Span<double> c)
    {
        Span<double> gradient = stackalloc double[MostTerms], step = stackalloc double[MostTerms];
        // The information matrix has only as many different entries as there are powers of τ.
        Span<double> moments = stackalloc double[2 * MostTerms - 1];
        for (int iteration = 0; iteration < MaximumIterations; iteration++)
        {
            gradient.Clear();
            moments.Clear();
            for (int i = 0; i < tau.Length; i++)
            {
                double p = TLink.Probability(Predictor(c, tau[i]), out double slope);
                double weight = slope / (p * (1 - p)), residual = (counts[i] - trials * p) * weight, information = trials * slope * weight;
                for (int k = 0; k < terms; k++, residual *= tau[i]) gradient[k] += residual;
                for (int k = 0; k < 2 * terms - 1; k++, information *= tau[i]) moments[k] += information;
            }
            if (!HankelSystem.Solve(moments, gradient[..terms], step)) return false;
            double gain = 0;
            for (int k = 0; k < terms; k++) gain += gradient[k] * step[k];
            if (gain > LargestPlainGain) Shorten(counts, trials, c, step);
            for (int k = 0; k < terms; k++) c[k] += step[k];
            if (gain < SmallestGain) return true;
        }
        return false;
    }

    /// <summary>Halves the step until the likelihood does not fall.</summary>
    private void Shorten(ReadOnlySpan<double> counts, double trials, ReadOnlySpan<double> c, Span<double> step)
    {
        double likelihood = LogLikelihood(counts, trials, c);
        Span<double> trial = stackalloc double[MostTerms];
        for (int halving = 0; halving < 20; halving++)
        {
            for (int k = 0; k < MostTerms; k++) trial[k] = c[k] + step[k];
            if (LogLikelihood(counts, trials, trial) >= likelihood) return;
            for (int k = 0; k < MostTerms; k++) step[k] *= 0.5;
        }
    }

    private double LogLikelihood(ReadOnlySpan<double> counts, double trials, ReadOnlySpan<double> c)
    {
        double sum = 0;
        for (int i = 0; i < tau.Length; i++)
        {
            double p = TLink.Probability(Predictor(c, tau[i]), out _);
            sum += counts[i] * Math.Log(p) + (trials - counts[i]) * Math.Log(1 - p);
        }
        return sum;
    }

    private double Predictor(ReadOnlySpan<double> c, double x)
    {
        double sum = c[terms - 1];
        for (int k = terms - 2; k >= 0; k--) sum = c[k] + x * sum;
        return sum;
    }
}
