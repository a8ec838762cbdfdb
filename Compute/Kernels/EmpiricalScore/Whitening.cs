using Sweeps.Compute.Models;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>W = Σ_t^{−1/2} E at one time, by blocks: takes data to the frame in which the noise is standard.</summary>
internal sealed class Whitening
{
    private readonly float[] pairs;
    private readonly float[] singles;

    public Whitening(MixtureBlocks blocks, double sigma, double t)
    {
        pairs = new float[4 * blocks.Pairs.Length];
        singles = new float[blocks.Singles.Length];
        for (int p = 0; p < blocks.Pairs.Length; p++)
        {
            Matrix2 w = Of(blocks.Pairs[p], sigma, t);
            (pairs[4 * p], pairs[4 * p + 1], pairs[4 * p + 2], pairs[4 * p + 3]) = ((float)w.A11, (float)w.A12, (float)w.A21, (float)w.A22);
        }
        for (int s = 0; s < singles.Length; s++) singles[s] = (float)Of(blocks.Singles[s], sigma, t).A11;
    }

    /// <summary>b = W a.</summary>
    public void Apply(ReadOnlySpan<float> a, Span<float> b)
    {
        int i = 0;
        for (int p = 0; p < pairs.Length; p += 4, i += 2)
        {
            float first = a[i], second = a[i + 1];
            b[i] = MathF.FusedMultiplyAdd(pairs[p], first, pairs[p + 1] * second);
            b[i + 1] = MathF.FusedMultiplyAdd(pairs[p + 2], first, pairs[p + 3] * second);
        }
        for (int s = 0; s < singles.Length; s++, i++) b[i] = singles[s] * a[i];
    }

    internal static Matrix2 Of(CoordinateBlock block, double sigma, double t)
    {
        var moments = new BlockMoments(block, sigma, t);
        return moments.NoiseCovariance.InverseSymmetricSquareRoot() * moments.Propagator;
    }
}
