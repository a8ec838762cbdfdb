using System.Runtime.Intrinsics;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.ReverseSampler;

/// <summary>
/// Follows the last zero of y along 64 reverse trajectories: the commitment time (physics §3). Works on p = y/|C⁻¹m|, the position along a unit
/// vector, whose noise over a step is 2 dt. A change of sign is interpolated; a path that keeps its sign has still crossed inside the step with
/// the probability exp(−p p′/dt) of a Brownian bridge, and then touched zero where the reflected chord does.
/// </summary>
internal sealed unsafe class CommitmentTracker(ReverseCoefficients coefficients, RandomStream bridge)
{
    private const int Lanes = ReverseSamplerSimd.Lanes;

    /// <summary>Bridges with p p′/dt above this are taken not to cross: the chance is below 2⁻³², the grain of the uniforms.</summary>
    private const float LargestExponent = 22.2f;

    private readonly float[] last = new float[Lanes];
    private readonly float[] previous = new float[Lanes];
    private int previousIndex = -1;
    private ulong counter = ulong.MaxValue;
    private (uint W0, uint W1, uint W2, uint W3) words;

    /// <summary>OU time of the last zero seen, per lane; +∞ where none was seen, so that the class was decided before the run began.</summary>
    public ReadOnlySpan<float> CommitmentTimes => last;

    /// <summary>OU time of the zero in the step from grid index k + 1 to k: of the chord, or of the reflected one.</summary>
    /// <param name="coefficients">The grid.</param>
    /// <param name="k">Grid index after the step.</param>
    /// <param name="before">Position before it.</param>
    /// <param name="now">Position after it.</param>
    public static float ZeroTime(ReverseCoefficients coefficients, int k, float before, float now)
    {
        double share = Math.Abs(before) / ((double)Math.Abs(before) + Math.Abs(now));
        double fraction = double.IsNaN(share) ? 0.5 : share;
        return (float)(coefficients.Times[k + 1] - fraction * (coefficients.Times[k + 1] - coefficients.Times[k]));
    }

    /// <summary>Takes in y at grid index k; indices descend by one from call to call.</summary>
    public void Observe(int k, float* y)
    {
        Vector512<float> norm = Vector512.Create(coefficients.InverseResponseNorm[k]);
        fixed (float* before = previous, zero = last)
        {
            if (previousIndex < 0) new Span<float>(zero, Lanes).Fill(float.PositiveInfinity);
            else if (previousIndex != k + 1) throw new InvalidOperationException($"grid index {k} after {previousIndex}");
            float step = (float)(coefficients.Times[Math.Min(k + 1, coefficients.Steps)] - coefficients.Times[k]);
            Vector512<float> near = Vector512.Create(LargestExponent * step);
            for (int v = 0; v < Lanes; v += 16)
            {
                Vector512<float> now = Vector512.Load(y + v) * norm;
                if (previousIndex >= 0 && Vector512.LessThanAny(now * Vector512.Load(before + v), near))
                {
                    for (int lane = v; lane < v + 16; lane++) Cross(k, step, lane, before[lane], y[lane] * coefficients.InverseResponseNorm[k], zero);
                }
                now.Store(before + v);
            }
        }
        previousIndex = k;
    }

    private void Cross(int k, float step, int lane, float before, float now, float* zero)
    {
        float exponent = before * now / step;
        if (exponent >= LargestExponent) return;
        if (exponent > 0 && Uniform((ulong)k * Lanes + (ulong)lane) >= Math.Exp(-exponent)) return;
        zero[lane] = ZeroTime(coefficients, k, before, now);
    }

    /// <summary>As <see cref="RandomStream.Uniform"/>; neighbouring lanes share a counter, whose words are kept.</summary>
    private double Uniform(ulong index)
    {
        if (index >> 2 != counter) (counter, words) = (index >> 2, bridge.Words(index >> 2));
        uint word = (index & 3) switch { 0 => words.W0, 1 => words.W1, 2 => words.W2, _ => words.W3 };
        return RandomStream.ToUniform(word);
    }
}
