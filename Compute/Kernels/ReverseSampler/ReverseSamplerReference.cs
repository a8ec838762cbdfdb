using Sweeps.Compute.Models;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.ReverseSampler;

/// <summary>
/// One trajectory of the reverse process (physics §2), scalar and in double: the oracle of <see cref="ReverseSamplerSimd"/>. It takes the same
/// normals from the same places of the stream, but its own coefficients in double.
/// </summary>
internal static class ReverseSamplerReference
{
    /// <summary>Takes x (one sample, coordinates pairs first) from grid index <paramref name="from"/> to <paramref name="to"/>.</summary>
    /// <param name="coefficients">Grid and blocks.</param>
    /// <param name="sigma">σ.</param>
    /// <param name="x">State, changed in place; length Coordinates.</param>
    /// <param name="start">Grid index where the run began, which fixes where in the stream its normals lie.</param>
    /// <param name="from">Grid index of x.</param>
    /// <param name="to">Grid index to reach, ≤ from.</param>
    /// <param name="stream">Stream of the run.</param>
    /// <param name="lane">Which of the block's 64 samples this is.</param>
    public static void Advance(
        ReverseCoefficients coefficients, double sigma, Span<double> x, int start, int from, int to, RandomStream stream, int lane)
    {
        int coordinates = coefficients.Coordinates;
        for (int k = from; k > to; k--)
        {
            double t = coefficients.Times[k], dt = t - coefficients.Times[k - 1];
            double tanh = Math.Tanh(Project(coefficients, sigma, x, k));
            int i = 0;
            foreach (CoordinateBlock block in coefficients.Pairs.AddRange(coefficients.Singles))
            {
                var moments = new BlockMoments(block, sigma, t);
                Matrix2 rate = moments.Drift - 2 * moments.Covariance.Inverse();
                var (u1, u2) = moments.Response;
                double x1 = x[i], x2 = block.IsPair ? x[i + 1] : 0;
                x[i] = x1 + dt * (rate.A11 * x1 + rate.A12 * x2 + 2 * u1 * tanh) + Math.Sqrt(2 * dt) * Normal(i);
                if (block.IsPair)
                    x[i + 1] = x2 + dt * (rate.A21 * x1 + rate.A22 * x2 + 2 * u2 * tanh) + Math.Sqrt(2 * dt) * Normal(i + 1);
                i += block.IsPair ? 2 : 1;
            }

            double Normal(int coordinate) => NormalsReference.Normal(
                stream, ((ulong)(start - k) * (ulong)coordinates + (ulong)coordinate) * ReverseSamplerSimd.Lanes + (ulong)lane);
        }
    }

    /// <summary>y = m_tᵀ C_t⁻¹ x at grid index k.</summary>
    public static double Project(ReverseCoefficients coefficients, double sigma, ReadOnlySpan<double> x, int k)
    {
        double y = 0;
        int i = 0;
        foreach (CoordinateBlock block in coefficients.Pairs.AddRange(coefficients.Singles))
        {
            var (u1, u2) = new BlockMoments(block, sigma, coefficients.Times[k]).Response;
            y += u1 * x[i++];
            if (block.IsPair) y += u2 * x[i++];
        }
        return y;
    }
}
