using Sweeps.Compute.Models;

namespace Sweeps.Compute.Theory;

/// <summary>
/// When the reverse process chooses its class, in closed form or as a root of one. Times are OU times; null where the event does not
/// happen inside the window (0, horizon). Sources: Biroli et al. 2024 (Landau criterion), Handke et al. 2026 (class entropy).
/// </summary>
public static class SpeciationTheory
{
    private const double Tolerance = 1e-12;

    /// <summary>Below this many σ between the origin and a mode the classes overlap too much for the law of the commitment time.</summary>
    private const double LeastSeparationInSigma = 4;

    /// <summary>t_S: the Hessian of log P_t at the origin changes sign, ρ(t_S) = 1. For U = I, ½ ln(1 + |m|² − σ²).</summary>
    public static double? SpeciationTime(GaussianMixture mixture, double horizon) => TimeOfSignalToNoise(mixture, horizon, 1);

    /// <summary>
    /// The time at which the class entropy grows fastest, the global maximum of dH/dt over [0, horizon]; null if that is at an end.
    /// </summary>
    public static double? EntropyPeakTime(GaussianMixture mixture, double horizon) =>
        EntropyPeakSearch.Find(mixture, RequireHorizon(horizon));

    /// <summary>dH/dt = |C_t⁻¹ m_t|² E sech² y, nats per unit OU time.</summary>
    public static double EntropyRate(GaussianMixture mixture, double t)
    {
        ModeResponse response = mixture.Response(t);
        return response.NormSquared * PosteriorMoments.MeanSech2(response.SignalToNoise);
    }

    /// <summary>
    /// Quantile of the time at which a reverse trajectory last changes class: P(t_commit &gt; t) = erf √(ρ(t)/2). Null also unless U = I
    /// and |m| ≥ 4 σ, where this law holds.
    /// </summary>
    /// <param name="mixture">The data law.</param>
    /// <param name="horizon">T, the end of the window.</param>
    /// <param name="probability">Share of trajectories that commit at a smaller t: ½ for the median.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not inside (0, 1).</exception>
    public static double? CommitmentTime(GaussianMixture mixture, double horizon, double probability)
    {
        if (!(probability > 0 && probability < 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "must be inside (0, 1)");
        if (!mixture.IsIsotropic || mixture.ModeNorm < LeastSeparationInSigma * mixture.Sigma) return null;
        double x = ErrorFunction.InverseErf(1 - probability);
        return TimeOfSignalToNoise(mixture, horizon, 2 * x * x);
    }

    /// <summary>The t in (0, horizon) with ρ(t) = <paramref name="level"/>, to 1e-12.</summary>
    public static double? TimeOfSignalToNoise(GaussianMixture mixture, double horizon, double level)
    {
        RequireHorizon(horizon);
        if (!(level > 0)) throw new ArgumentOutOfRangeException(nameof(level), level, "must be above 0");
        // U = I: ρ = |m|² / (e^{2t} − 1 + σ²). Elsewhere a good first guess.
        double excess = mixture.ModeNorm * mixture.ModeNorm / level - mixture.Sigma * mixture.Sigma;
        double guess = excess > 0 ? 0.5 * NearZero.Log1p(excess) : 0;
        if (mixture.IsIsotropic) return guess > 0 && guess < horizon ? guess : null;
        if (excess <= 0 || mixture.SignalToNoise(horizon) >= level) return null;
        return RootFinding.Newton(new LogSignalExcess(mixture, Math.Log(level)), rising: false, 0, horizon, guess, Tolerance);
    }

    internal static double RequireHorizon(double horizon) => double.IsFinite(horizon) && horizon > 0
        ? horizon
        : throw new ArgumentOutOfRangeException(nameof(horizon), horizon, "must be finite and above 0");

    // ln ρ is close to a straight line wherever one rate rules.
    private readonly struct LogSignalExcess(GaussianMixture mixture, double logLevel) : IDifferentiable
    {
        public (double Value, double Slope) At(double t)
        {
            ModeResponse response = mixture.Response(t);
            return (Math.Log(response.SignalToNoise) - logLevel, response.SignalToNoiseSlope / response.SignalToNoise);
        }
    }
}
