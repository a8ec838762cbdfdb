using Sweeps.Compute.Models;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// The matrices by which the weights of the empirical score at one time come from products with the data themselves:
/// <c>ℓ_μ = −½ |q − W c_μ|² = vᵀ c_μ − ½ c_μᵀ K c_μ − ½ |q|²</c> with <c>W = Σ_t^{−1/2} E</c>, <c>q = Σ_t^{−1/2} x − s W m</c>, <c>v = Wᵀ q</c>,
/// <c>K = Wᵀ W</c>, for a point c_μ + s m of class s. Exponents are in units of log 2, so v and K carry the factor log₂ e.
/// </summary>
internal sealed class ScoreFrame
{
    /// <summary>log₂ e.</summary>
    public const double Log2E = 1.4426950408889634;

    /// <param name="blocks">Coordinate blocks of the data.</param>
    /// <param name="sigma">σ.</param>
    /// <param name="mode">m, in the order of the blocks.</param>
    /// <param name="t">OU time, &gt; 0.</param>
    public ScoreFrame(MixtureBlocks blocks, double sigma, ReadOnlySpan<float> mode, double t)
    {
        // Moments once for all four: at many times and coordinates they would take longer than a device takes for the rest.
        BlockMoments[] moments = [.. blocks.Pairs.AddRange(blocks.Singles).Select(block => new BlockMoments(block, sigma, t))];
        Matrix2[] roots = [.. moments.Select(moment => moment.NoiseCovariance.InverseSymmetricSquareRoot())];
        Matrix2[] whitening = [.. moments.Zip(roots, (moment, root) => root * moment.Propagator)];
        NoiseToUnit = new(blocks, roots);
        Whitening = new(blocks, whitening);
        ToColumns = new(blocks, [.. whitening.Select(w => Log2E * w.Transpose())]);
        var form = new BlockMatrix(blocks, [.. whitening.Select(w => -0.5 * Log2E * (w.Transpose() * w))]);
        (PairForms, SingleForms) = (form.PairForms(), form.Singles.ToArray());
        Whitening.Apply(mode, WhitenedMode = new float[mode.Length]);
    }

    /// <summary>Σ_t^{−1/2}.</summary>
    public BlockMatrix NoiseToUnit { get; }

    /// <summary>W = Σ_t^{−1/2} E.</summary>
    public BlockMatrix Whitening { get; }

    /// <summary>log₂ e · Wᵀ.</summary>
    public BlockMatrix ToColumns { get; }

    /// <summary>−½ log₂ e · K of the pairs.</summary>
    public float[] PairForms { get; }

    /// <summary>−½ log₂ e · K of the single coordinates.</summary>
    public float[] SingleForms { get; }

    /// <summary>W m.</summary>
    public float[] WhitenedMode { get; }

    /// <summary>W of one block.</summary>
    public static Matrix2 WhiteningOf(CoordinateBlock block, double sigma, double t)
    {
        var moments = new BlockMoments(block, sigma, t);
        return moments.NoiseCovariance.InverseSymmetricSquareRoot() * moments.Propagator;
    }
}
