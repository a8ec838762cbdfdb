namespace Sweeps.Compute.Theory;

/// <summary>
/// What the posterior of the class says at signal-to-noise ρ: p = 1/(1 + e^{−2y}) with y ~ N(ρ, ρ) given class +. All to 1e-11 absolute for
/// 0 ≤ ρ ≤ ∞, a few hundred nanoseconds a call. Sources: Biroli et al. 2024 (clone probability), Handke et al. 2026 (class entropy).
/// </summary>
public static class PosteriorMoments
{
    /// <summary>
    /// φ(1) = 0.77520025…: the clone probability at the Landau criterion ρ = 1, whose crossing is the measured speciation time.
    /// </summary>
    public static readonly double SpeciationCloneProbability = CloneProbability(1);

    /// <summary>E sech² y, from 1 at ρ = 0 to 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">ρ is negative or not a number; so for all functions here.</exception>
    public static double MeanSech2(double rho) => PosteriorQuadrature.Of(rho).Sech2;

    /// <summary>d/dρ E sech² y = −E sech⁴ y.</summary>
    public static double MeanSech2Slope(double rho) => -PosteriorQuadrature.Of(rho).Sech4;

    /// <summary>φ(ρ) = E[p² + (1−p)²] = 1 − ½ E sech² y: the probability that two copies end in the same class.</summary>
    public static double CloneProbability(double rho) => 1 - 0.5 * PosteriorQuadrature.Of(rho).Sech2;

    /// <summary>dφ/dρ = ½ E sech⁴ y.</summary>
    public static double CloneProbabilitySlope(double rho) => 0.5 * PosteriorQuadrature.Of(rho).Sech4;

    /// <summary>H(ρ) = E h(p), nats, from ln 2 at ρ = 0 to 0; dH/dρ = −½ E sech² y.</summary>
    public static double ClassEntropy(double rho) => PosteriorQuadrature.Of(rho).Entropy;
}
