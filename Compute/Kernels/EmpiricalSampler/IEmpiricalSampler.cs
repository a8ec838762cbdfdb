using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.EmpiricalSampler;

/// <summary>
/// Reverse trajectories under the exact score of one training set (physics §2, §4, with P_t^e = (1/n) Σ_μ N(E a_μ, Σ_t) in place of P_t):
/// <c>dx = [A x + 2 s(x)] dτ + √2 dW</c>, <c>s(x) = −Σ_t⁻¹ (x − E ā(x))</c>, <c>ā = Σ_μ w_μ a_μ</c>, <c>w = softmax(−½ |Σ_t^{−1/2}(x − E
/// a_μ)|²)</c>, by Euler–Maruyama on the schedule's grid. The step from t_k to t_{k−1}, dt = t_k − t_{k−1}, is <c>x ← M x + G ā + √(2 dt)
/// z</c> with <c>M = I + dt (A − 2 Σ_t⁻¹)</c>, <c>G = 2 dt Σ_t⁻¹ E</c>, all at t_k. Source of the law: Biroli, Bonnaire, de Bortoli, Mézard
/// 2024 (arXiv 2402.18491).
/// </summary>
/// <remarks>
/// Coordinates are those of the training points: pairs first, then single ones; for U = I the frame is turned so that m lies along the
/// first. The last step of a fine grid has M → 0 and G → 1: it puts a sample at ā, with the noise √(2 dt) on every coordinate. Not for use
/// by two threads.
/// </remarks>
internal interface IEmpiricalSampler : IDisposable
{
    /// <summary>
    /// x_T ~ P_T^e exactly: μ uniform among n, <c>x = E a_μ + Σ_T^{1/2} z</c> with the symmetric root of every coordinate block.
    /// </summary>
    /// <param name="x">Samples to fill.</param>
    /// <param name="indices">
    /// Counter q gives the μ of sample q, as in <see cref="PlantedWeights.PlantedQueries"/>: <c>⌊(2³² w0 + w1) n / 2⁶⁴⌋</c>.
    /// </param>
    /// <param name="noise">z of block b, coordinate i is its group <c>b d + i</c>; the group's 32 normals are the 32 lanes.</param>
    void Draw(SampleBlocks x, RandomStream indices, RandomStream noise);

    /// <summary>Takes all samples from grid index <paramref name="from"/> to <paramref name="to"/>.</summary>
    /// <param name="x">Samples at <paramref name="from"/>, changed in place.</param>
    /// <param name="origin">
    /// Grid index where the run began, which fixes where in the stream its normals lie; at least <paramref name="from"/>.
    /// </param>
    /// <param name="from">Grid index of x.</param>
    /// <param name="to">Grid index to reach, from 0 to <paramref name="from"/>.</param>
    /// <param name="noise">
    /// z of the step that leaves index k, of block b and coordinate i, is group <c>((origin − k) Blocks + b) d + i</c>; its 32 normals are
    /// the 32 lanes.
    /// </param>
    /// <param name="cancellation">Looked at once per step or more often.</param>
    void Advance(SampleBlocks x, int origin, int from, int to, RandomStream noise, CancellationToken cancellation);

    /// <summary>
    /// The training point that each sample is nearest to (Euclidean, data units), and the ratio of its distance to that of the second
    /// nearest.
    /// </summary>
    /// <param name="x">Samples, all finite.</param>
    /// <param name="nearest">Index μ per sample; of two at the same distance the lower.</param>
    /// <param name="ratio">From 0 to 1 per sample, 0/0 counted as 1; 0 where n = 1 and there is no second.</param>
    /// <exception cref="ArithmeticException">A distance is not finite in the kernel's precision.</exception>
    void Nearest(SampleBlocks x, Span<int> nearest, Span<double> ratio);
}
