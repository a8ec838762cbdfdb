using Sweeps.Compute.Models;

namespace Sweeps.Compute.Theory;

/// <summary>
/// The global maximum of dH/dt = R(t) S(ρ(t)), R = |C_t⁻¹m_t|², S = E sech² y: a scan over brackets where its logarithmic derivative
/// R′/R − 2 R S′(ρ)/S turns from + to −, the roots in them, and a comparison of the heights.
/// </summary>
internal static class EntropyPeakSearch
{
    // From here up, S < 1e-43 and no rate can make up for it.
    private const double LargestSignal = 200;

    // The peak is about 2 wide in ln ρ; rates change over times of order 1/|A|.
    private const double LogSignalStep = 0.2;
    private const double TimeStep = 0.2;
    private const double Tolerance = 1e-12;

    // Below it ρ leaves the normal numbers, and no rate can be told from zero.
    private const double LeastModeSquared = 1e-290;

    // A bracket whose scanned heights stay this far below the best, in logarithm, is not refined.
    private const double Margin = 0.2;

    public static double? Find(GaussianMixture mixture, double horizon)
    {
        if (mixture.ModeNorm * mixture.ModeNorm < LeastModeSquared) return null;
        double start = SpeciationTheory.TimeOfSignalToNoise(mixture, horizon, LargestSignal) ?? 0;
        if (start == 0 && mixture.SignalToNoise(horizon) > LargestSignal) return null;
        double longest = TimeStep / mixture.Spectrum.DriftBound, bound = LogRateBound(mixture);
        Height before = Scan(mixture, start);
        // The best so far; null time while it is the start of the window.
        double best = before.Log;
        double? peak = null;
        while (before.Time < horizon)
        {
            double logarithmicRate = 2 * before.Response.NormSquared / before.Response.SignalToNoise;
            Height after = Scan(mixture, Math.Min(horizon, before.Time + Math.Min(longest, LogSignalStep / logarithmicRate)));
            if (before.Slope > 0 && after.Slope < 0 && Math.Max(before.Log, after.Log) > best - Margin)
            {
                double t = RootFinding.Secant(new RateSlope(mixture), before.Time, before.Slope, after.Time, after.Slope, Tolerance);
                double log = Math.Log(SpeciationTheory.EntropyRate(mixture, t));
                if (log > best) (best, peak) = (log, t);
            }
            before = after;
            if (!(Math.Log(before.Response.SignalToNoise) + bound > best)) return peak;
        }
        return before.Log >= best ? null : peak;
    }

    // ln of an upper bound on R/ρ: R ≤ ρ/λ_min(C_t), and C_t ≥ min(1, σ² λ_min) U⁻¹ for all t, since the right side is a subsolution of
    // C′ = −AC − CAᵀ + 2I below C_0. As ρ falls, dH/dt stays below ρ(t) times this ever after, and the scan may end.
    private static double LogRateBound(GaussianMixture mixture) =>
        Math.Log(mixture.Spectrum.FastestRate / Math.Min(1, mixture.Sigma * mixture.Sigma * mixture.Spectrum.SlowestRate));

    private static Height Scan(GaussianMixture mixture, double t)
    {
        ModeResponse response = mixture.Response(t);
        double log = Math.Log(response.NormSquared) + PosteriorTable.LogMeanSech2(Math.Log(response.SignalToNoise), out double slope);
        return new(t, log, LogSlope(response, slope / response.SignalToNoise), response);
    }

    private static double LogSlope(in ModeResponse response, double logSech2Slope) =>
        response.NormSquaredSlope / response.NormSquared - 2 * response.NormSquared * logSech2Slope;

    // Exact quadrature in place of the table.
    private readonly struct RateSlope(GaussianMixture mixture) : IScalarFunction
    {
        public double At(double t)
        {
            ModeResponse response = mixture.Response(t);
            PosteriorAverages averages = PosteriorQuadrature.Of(response.SignalToNoise);
            return LogSlope(response, -averages.Sech4 / averages.Sech2);
        }
    }

    private readonly record struct Height(double Time, double Log, double Slope, ModeResponse Response);
}
