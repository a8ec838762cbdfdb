using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Sweeps.Compute.Theory;

namespace Sweeps.Compute.Models;

/// <summary>
/// The data law ½ N(m, σ² I) + ½ N(−m, σ² I) under dX = −A X dt + √2 dW, A = (I + Q) U. Time t is OU time, entropies are in nats.
/// Immutable, safe for use from many threads; blocks are made when first asked for. Sources: Biroli et al. 2024 (arXiv 2402.18491), Lu
/// and Tang 2026 (2602.15914).
/// </summary>
public sealed class GaussianMixture
{
    private readonly StiffnessSpectrum spectrum;
    private readonly Func<long, double>? isotropic;
    private CoordinateBlock[]? activeBlocks;
    private CoordinateBlock[]? allBlocks;

    /// <param name="dimension">d ≥ 1.</param>
    /// <param name="separation">μ ≥ 0, with |m| = μ √d.</param>
    /// <param name="sigma">σ &gt; 0, width of each mode.</param>
    /// <param name="stiffness">κ ≥ 1, ratio of the largest λ of U to the smallest.</param>
    /// <param name="drift">γ ≥ 0, strength of Q; without effect where U = I.</param>
    /// <param name="direction">Where m points.</param>
    /// <param name="isotropic">The i-th standard normal (i from 0), for <see cref="ModeDirection.Random"/>; a pure function of i.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="ArgumentException">The direction is random and <paramref name="isotropic"/> is null.</exception>
    public GaussianMixture(
        long dimension,
        double separation,
        double sigma,
        double stiffness,
        double drift,
        ModeDirection direction,
        Func<long, double>? isotropic = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        Require(separation >= 0, separation, nameof(separation), "must be finite and at least 0");
        Require(sigma > 0, sigma, nameof(sigma), "must be finite and above 0");
        Require(stiffness >= 1, stiffness, nameof(stiffness), "must be finite and at least 1");
        Require(drift >= 0, drift, nameof(drift), "must be finite and at least 0");
        if (!Enum.IsDefined(direction)) throw new ArgumentOutOfRangeException(nameof(direction), direction, "no such direction");
        if (direction == ModeDirection.Random && isotropic is null)
            throw new ArgumentException("a random direction needs standard normals to be made of", nameof(isotropic));
        spectrum = new(dimension, stiffness, drift);
        this.isotropic = isotropic;
        Separation = separation;
        Sigma = sigma;
        Direction = direction;
        ModeNorm = separation * Math.Sqrt(dimension);
    }

    public long Dimension => spectrum.Dimension;

    public double Separation { get; }

    public double Sigma { get; }

    public double Stiffness => spectrum.Stiffness;

    public double Drift => spectrum.Drift;

    public ModeDirection Direction { get; }

    /// <summary>|m| = μ √d.</summary>
    public double ModeNorm { get; }

    /// <summary>Whether U = I: κ = 1 or d = 1.</summary>
    public bool IsIsotropic => spectrum.IsIsotropic;

    /// <summary>
    /// The blocks that the class depends on; the other coordinates are independent noise. For U = I one block, whose coordinate is the
    /// projection on m (index 0 by convention), whatever d; one block, too, along an eigenvector or when the separation is 0.
    /// </summary>
    public ImmutableArray<CoordinateBlock> ActiveBlocks => ImmutableCollectionsMarshal.AsImmutableArray(Active);

    /// <summary>
    /// All coordinates with the components of m, O(d) memory. For U = I these are the d coordinates themselves, not the projection.
    /// </summary>
    public ImmutableArray<CoordinateBlock> AllBlocks => ImmutableCollectionsMarshal.AsImmutableArray(All);

    internal ref readonly StiffnessSpectrum Spectrum => ref spectrum;

    // The field first: the hot path must not make a closure.
    private CoordinateBlock[] Active => activeBlocks ?? LazyInitializer.EnsureInitialized(
        ref activeBlocks, () => ModeVector.ActiveBlocks(spectrum, ModeNorm, Direction, () => All));

    private CoordinateBlock[] All => allBlocks ?? LazyInitializer.EnsureInitialized(
        ref allBlocks, () => ModeVector.AllBlocks(spectrum, ModeNorm, Direction, isotropic));

    /// <summary>ρ(t) = m_tᵀ C_t⁻¹ m_t, decreasing from |m|²/σ².</summary>
    public double SignalToNoise(double t) => Response(t).SignalToNoise;

    /// <summary>dρ/dt = −2 |C_t⁻¹ m_t|².</summary>
    public double SignalToNoiseSlope(double t) => Response(t).SignalToNoiseSlope;

    /// <summary>|C_t⁻¹ m_t|².</summary>
    public double ResponseNormSquared(double t) => Response(t).NormSquared;

    /// <summary>
    /// Mutual information I(t) of the data and the noised state, nats; decreasing from +∞ at t = 0. O(1) for U = I, else O(d), without
    /// allocation.
    /// </summary>
    /// <param name="t">OU time.</param>
    /// <param name="withClass">
    /// Whether the class counts, ln 2 − H(ρ(t)); without it this is the information of the random-energy criterion.
    /// </param>
    public double Information(double t, bool withClass)
    {
        RequireTime(t);
        double gaussian = GaussianInformation.Of(spectrum, Sigma, t).Value;
        // H rounds to a hair above ln 2 where nothing is known.
        return withClass ? gaussian + Math.Max(0, Math.Log(2) - PosteriorMoments.ClassEntropy(SignalToNoise(t))) : gaussian;
    }

    internal ModeResponse Response(double t)
    {
        RequireTime(t);
        if (IsIsotropic) return ModeResponse.OfAlone(1, ModeNorm, Sigma, t);
        ModeResponse sum = default;
        foreach (ref readonly CoordinateBlock block in Active.AsSpan()) sum += ModeResponse.Of(block, Sigma, t);
        return sum;
    }

    private static void RequireTime(double t) => Require(t >= 0, t, nameof(t), "must be finite and at least 0");

    private static void Require(bool holds, double value, string name, string rule)
    {
        if (!holds || !double.IsFinite(value)) throw new ArgumentOutOfRangeException(name, value, rule);
    }
}
