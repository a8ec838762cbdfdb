namespace Sweeps.Compute.Models;

/// <summary>
/// How far X_t tells the two classes apart, and how fast that changes. All two-class theory is a function of these three.
/// </summary>
/// <param name="SignalToNoise">ρ = m_tᵀ C_t⁻¹ m_t.</param>
/// <param name="NormSquared">|C_t⁻¹ m_t|² = −½ dρ/dt.</param>
/// <param name="NormSquaredSlope">Its derivative in t: with v = C_t⁻¹ m_t, v′ = (Aᵀ − 2 C_t⁻¹) v.</param>
internal readonly record struct ModeResponse(double SignalToNoise, double NormSquared, double NormSquaredSlope)
{
    /// <summary>dρ/dt.</summary>
    public double SignalToNoiseSlope => -2 * NormSquared;

    public static ModeResponse operator +(ModeResponse a, ModeResponse b) =>
        new(a.SignalToNoise + b.SignalToNoise, a.NormSquared + b.NormSquared, a.NormSquaredSlope + b.NormSquaredSlope);

    /// <summary>What one block contributes.</summary>
    public static ModeResponse Of(in CoordinateBlock block, double sigma, double t) =>
        block.IsPair ? OfPair(block, sigma, t) : OfAlone(block.FirstRate, block.FirstMode, sigma, t);

    /// <summary>The contribution of one uncoupled coordinate.</summary>
    public static ModeResponse OfAlone(double rate, double mode, double sigma, double t)
    {
        double memory = Math.Exp(-2 * rate * t);
        double spread = -NearZero.Expm1(-2 * rate * t) / rate + sigma * sigma * memory;
        double signal = mode * mode * memory / spread, norm = signal / spread;
        return new(signal, norm, norm * (2 * rate - 4 / spread));
    }

    private static ModeResponse OfPair(in CoordinateBlock block, double sigma, double t)
    {
        var moments = new BlockMoments(block, sigma, t);
        Matrix2 a = moments.Drift;
        (double v1, double v2) = moments.Response;
        (double u1, double u2) = moments.Covariance.Inverse() * moments.Response;
        double stretch = v1 * (a.A11 * v1 + a.A12 * v2) + v2 * (a.A21 * v1 + a.A22 * v2);
        return new(
            moments.Mean.First * v1 + moments.Mean.Second * v2,
            v1 * v1 + v2 * v2,
            2 * stretch - 4 * (v1 * u1 + v2 * u2));
    }
}
