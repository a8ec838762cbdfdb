using System.Collections.Immutable;
using Sweeps.Compute.Models;

namespace Sweeps.Compute.Kernels.ReverseSampler;

/// <summary>
/// The coefficients of every Euler–Maruyama step of the reverse process (physics §2) on a time grid, for a set of coordinate blocks. The step from
/// t_k to t_{k−1}, dt = t_k − t_{k−1}, is <c>x ← M x + 2 dt tanh(y) u + √(2 dt) z</c> with <c>M = I + dt (A − 2 C⁻¹)</c>, <c>u = C⁻¹ m_t</c>,
/// <c>y = uᵀx</c>, all at t_k. Shared by all samples of a point.
/// </summary>
/// <remarks>
/// Coordinates are laid out pairs first, then single ones; <see cref="PairStride"/> numbers a pair (M row-major, u), <see cref="SingleStride"/> a
/// single one (M, u), for every grid index from 0.
/// </remarks>
internal sealed class ReverseCoefficients
{
    public const int PairStride = 6;
    public const int SingleStride = 2;

    private readonly float[] values;
    private readonly int stride;

    /// <param name="blocks">Blocks to simulate; together they hold all weight of the mode.</param>
    /// <param name="sigma">σ.</param>
    /// <param name="times">Grid, ascending from t_0 = 0.</param>
    public ReverseCoefficients(ImmutableArray<CoordinateBlock> blocks, double sigma, double[] times)
    {
        Times = times;
        Pairs = [.. blocks.Where(block => block.IsPair)];
        Singles = [.. blocks.Where(block => !block.IsPair)];
        stride = PairStride * Pairs.Length + SingleStride * Singles.Length;
        values = new float[(long)stride * times.Length];
        Noise = new float[times.Length];
        TwiceStep = new float[times.Length];
        InverseResponseNorm = new float[times.Length];
        var chain = new Matrix2[Pairs.Length + Singles.Length];
        double arrival = 0;
        for (int k = times.Length - 1; k >= 0; k--)
        {
            double step = k == 0 ? 0 : times[k] - times[k - 1];
            TwiceStep[k] = (float)(2 * step);
            Noise[k] = (float)Math.Sqrt(2 * step);
            double norm2 = Fill(values.AsSpan(k * stride, stride), sigma, times[k], step, chain, arrival);
            InverseResponseNorm[k] = norm2 > 0 ? (float)(1 / Math.Sqrt(norm2)) : 0;
            arrival = step;
        }
    }

    public double[] Times { get; }

    public ImmutableArray<CoordinateBlock> Pairs { get; }

    public ImmutableArray<CoordinateBlock> Singles { get; }

    public int Coordinates => 2 * Pairs.Length + Singles.Length;

    /// <summary>Number of steps, N.</summary>
    public int Steps => Times.Length - 1;

    /// <summary>√(2 dt) of the step that leaves grid index k.</summary>
    public float[] Noise { get; }

    /// <summary>2 dt of the step that leaves grid index k.</summary>
    public float[] TwiceStep { get; }

    /// <summary>1/|u| at each grid index; 0 where the mode has no weight.</summary>
    public float[] InverseResponseNorm { get; }

    /// <summary>
    /// By how much the steps inflate the variance, at worst over blocks, directions and times; about 1 where they are fine enough, not a
    /// number or infinite where it overflows. Within a class the process is linear, so the covariance of the chain is known without
    /// running it: <c>S ← M S Mᵀ + 2 dt I</c> from C_T, beside C_t and the noise 2 dt of the step just taken.
    /// </summary>
    public double Inflation { get; private set; } = 1;

    /// <summary>All coefficients at grid index k: pairs, then singles.</summary>
    public ReadOnlySpan<float> At(int k) => values.AsSpan(k * stride, stride);

    /// <summary>The coefficients of all grid indices, one after another.</summary>
    public ReadOnlySpan<float> All => values;

    /// <summary>Bytes that the coefficients of this many coordinates take, for plans.</summary>
    public static double Bytes(double coordinates, double steps) => 3 * sizeof(float) * coordinates * (steps + 1);

    /// <param name="target">The coefficients at t.</param>
    /// <param name="sigma">σ.</param>
    /// <param name="t">Grid time.</param>
    /// <param name="step">The step that leaves t.</param>
    /// <param name="chain">Covariance of each block before that step, and after it.</param>
    /// <param name="arrival">The step that came to t; 0 at T, where the chain begins.</param>
    private double Fill(Span<float> target, double sigma, double t, double step, Span<Matrix2> chain, double arrival)
    {
        double norm2 = 0;
        int offset = 0, index = 0;
        foreach (ref readonly CoordinateBlock block in Pairs.AsSpan())
        {
            var moments = new BlockMoments(block, sigma, t);
            Matrix2 m = Matrix2.Identity + step * (moments.Drift - 2 * moments.Covariance.Inverse());
            var (u1, u2) = moments.Response;
            ReadOnlySpan<double> row = [m.A11, m.A12, m.A21, m.A22, u1, u2];
            for (int i = 0; i < PairStride; i++) target[offset + i] = (float)row[i];
            norm2 += u1 * u1 + u2 * u2;
            offset += PairStride;
            Advance(ref chain[index++], m, moments.Covariance, step, arrival);
        }
        foreach (ref readonly CoordinateBlock block in Singles.AsSpan())
        {
            var moments = new BlockMoments(block, sigma, t);
            double factor = 1 + step * (block.FirstRate - 2 / moments.Covariance.A11);
            target[offset] = (float)factor;
            target[offset + 1] = (float)moments.Response.First;
            norm2 += moments.Response.First * moments.Response.First;
            offset += SingleStride;
            Advance(ref chain[index++], Matrix2.Diagonal(factor, 0), Matrix2.Diagonal(moments.Covariance.A11, 0), step, arrival);
        }
        return norm2;
    }

    private void Advance(ref Matrix2 chain, Matrix2 m, Matrix2 exact, double step, double arrival)
    {
        if (arrival == 0) chain = exact;
        else Inflation = Math.Max(Inflation, chain.LargestEigenvalue() / (exact.LargestEigenvalue() + 2 * arrival));
        chain = m * chain * m.Transpose() + 2 * step * Matrix2.Identity;
    }
}
