using Sweeps.Compute.Models;

namespace Sweeps.Compute.Theory;

/// <summary>
/// When the reverse process under the empirical score of n training points settles on one of them: the noised state says which point it
/// came from, I(t_C) = ln n. An asymptotic criterion; finite sizes collapse at somewhat larger t. Sources: Biroli et al. 2024, Lu and
/// Tang 2026.
/// </summary>
public static class CollapseTheory
{
    private const double Tolerance = 1e-11;

    // ln t so small that the information there exceeds ln n for every n that a long holds.
    private const double SmallestLogTime = -340;

    /// <summary>t_C with I(t_C) = ln n, the class bit included; null outside (0, horizon].</summary>
    /// <exception cref="ArgumentOutOfRangeException">n &lt; 1, or the horizon is not positive.</exception>
    public static double? CollapseTime(GaussianMixture mixture, double horizon, long trainingPoints) =>
        Time(mixture, horizon, trainingPoints, withClass: true);

    /// <summary>The random-energy criterion, without the class bit. For U = I, ½ ln(1 + σ²/(n^{2/d} − 1)).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n &lt; 1, or the horizon is not positive.</exception>
    public static double? CollapseTimeRandomEnergy(GaussianMixture mixture, double horizon, long trainingPoints) =>
        Time(mixture, horizon, trainingPoints, withClass: false);

    /// <summary>Theory of the excess entropy, max(0, 1 − I(t)/ln n): 0 in the collapsed phase, → 1 at large t; null for n = 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n &lt; 1, or t is negative.</exception>
    public static double? ExcessEntropy(GaussianMixture mixture, double t, long trainingPoints)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trainingPoints, 1);
        double information = mixture.Information(t, withClass: true);
        return trainingPoints == 1 ? null : Math.Max(0, 1 - information / Math.Log(trainingPoints));
    }

    private static double? Time(GaussianMixture mixture, double horizon, long trainingPoints, bool withClass)
    {
        SpeciationTheory.RequireHorizon(horizon);
        ArgumentOutOfRangeException.ThrowIfLessThan(trainingPoints, 1);
        if (trainingPoints == 1) return null;
        double level = Math.Log(trainingPoints);
        double guess = 0.5 * NearZero.Log1p(mixture.Sigma * mixture.Sigma / NearZero.Expm1(2 * level / mixture.Dimension));
        if (mixture.IsIsotropic && !withClass) return guess > 0 && guess <= horizon ? guess : null;
        if (mixture.Information(horizon, withClass) > level) return null;
        var excess = new LogInformationExcess(mixture, level, withClass);
        double end = Math.Log(horizon);
        return Math.Min(horizon, Math.Exp(RootFinding.Newton(excess, rising: false, SmallestLogTime, end, Math.Log(guess), Tolerance)));
    }

    // In ln t, ln I: nearly straight where I is small, gently curved where it is large.
    private readonly struct LogInformationExcess(GaussianMixture mixture, double level, bool withClass) : IDifferentiable
    {
        public (double Value, double Slope) At(double logTime)
        {
            double t = Math.Exp(logTime);
            (double value, double slope) = GaussianInformation.Of(mixture.Spectrum, mixture.Sigma, t);
            if (withClass)
            {
                ModeResponse response = mixture.Response(t);
                PosteriorAverages averages = PosteriorQuadrature.Of(response.SignalToNoise);
                value += Math.Max(0, Math.Log(2) - averages.Entropy);
                slope -= response.NormSquared * averages.Sech2;
            }
            return (Math.Log(value / level), t * slope / value);
        }
    }
}
