using Sweeps.Compute.Kernels;
using Sweeps.Compute.Kernels.ReverseSampler;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Tests.Kernels.ReverseSampler;

public unsafe class ReverseSamplerParityTests
{
    private const int Lanes = ReverseSamplerSimd.Lanes;
    private static readonly RandomStream Stream = RandomStream.Of(5, "parity\n", "trunk");

    /// <summary>Rounding of 6e-8 a step grows near the separatrix; 2e-4 relative to 1 + |x| leaves it room and no slip of an
    /// index.</summary>
    [Theory]
    [MemberData(nameof(SamplerCase.Shapes), MemberType = typeof(SamplerCase))]
    public void Whole_runs_follow_the_reference(string shape, int steps)
    {
        GaussianMixture mixture = SamplerCase.Mixture(shape);
        // Coarse grids stay stable on a short horizon.
        ReverseCoefficients coefficients = SamplerCase.Coefficients(mixture, steps, Math.Min(3, 0.15 * steps));
        using AlignedBuffer x = Draw(coefficients);
        float[] start = x.Span.ToArray();
        ReverseSamplerSimd.Advance(coefficients, x.Pointer, steps, steps, 0, Stream, null);
        float* y = stackalloc float[Lanes];
        ReverseSamplerSimd.Project(coefficients, x.Pointer, 0, y);
        for (int lane = 0; lane < Lanes; lane += 3)
        {
            var reference = new double[coefficients.Coordinates];
            for (int i = 0; i < reference.Length; i++) reference[i] = start[i * Lanes + lane];
            ReverseSamplerReference.Advance(coefficients, SamplerCase.Sigma, reference, steps, steps, 0, Stream, lane);
            for (int i = 0; i < reference.Length; i++)
                Assert.Equal(reference[i], x.Pointer[i * Lanes + lane], 2e-4 * (1 + Math.Abs(reference[i])));
            double projection = ReverseSamplerReference.Project(coefficients, SamplerCase.Sigma, reference, 0);
            Assert.Equal(projection, y[lane], 2e-4 * (1 + Math.Abs(projection)) * (1 + mixture.ModeNorm));
        }
    }

    [Theory]
    [MemberData(nameof(SamplerCase.Shapes), MemberType = typeof(SamplerCase))]
    public void A_run_in_pieces_has_the_same_bits_and_the_same_commitment_times(string shape, int steps)
    {
        ReverseCoefficients coefficients = SamplerCase.Coefficients(SamplerCase.Mixture(shape), steps, 0.15 * steps);
        using AlignedBuffer whole = Draw(coefficients), pieces = Draw(coefficients), silent = Draw(coefficients);
        RandomStream bridge = RandomStream.Of(5, "parity\n", "bridge");
        CommitmentTracker trackerOfWhole = new(coefficients, bridge), trackerOfPieces = new(coefficients, bridge);
        ReverseSamplerSimd.Advance(coefficients, whole.Pointer, steps, steps, 0, Stream, trackerOfWhole);
        ReverseSamplerSimd.Advance(coefficients, silent.Pointer, steps, steps, 0, Stream, null);
        int[] cuts = [.. new[] { steps, steps - 1, steps - 1, steps * 2 / 3, steps / 2, steps / 3, 1, 0 }.OrderDescending()];
        for (int i = 1; i < cuts.Length; i++)
            ReverseSamplerSimd.Advance(
                coefficients, pieces.Pointer, steps, cuts[i - 1], cuts[i], Stream, trackerOfPieces);
        Assert.Equal(whole.Span.ToArray(), pieces.Span.ToArray());
        Assert.Equal(whole.Span.ToArray(), silent.Span.ToArray());
        Assert.Equal(trackerOfWhole.CommitmentTimes.ToArray(), trackerOfPieces.CommitmentTimes.ToArray());
    }

    [Fact]
    public void A_branch_has_noise_of_its_own_wherever_it_starts()
    {
        ReverseCoefficients coefficients = SamplerCase.Coefficients(SamplerCase.Mixture("one"), 40, 4);
        using AlignedBuffer a = Draw(coefficients), b = Draw(coefficients), c = Draw(coefficients);
        ReverseSamplerSimd.Advance(coefficients, a.Pointer, 20, 20, 19, Stream.At(0, 20), null);
        ReverseSamplerSimd.Advance(coefficients, b.Pointer, 20, 20, 19, Stream.At(0, 21), null);
        ReverseSamplerSimd.Advance(coefficients, c.Pointer, 40, 20, 19, Stream.At(0, 20), null);
        for (int lane = 0; lane < Lanes; lane++)
        {
            Assert.NotEqual(a.Pointer[lane], b.Pointer[lane]);
            Assert.NotEqual(a.Pointer[lane], c.Pointer[lane]);
        }
    }

    private static AlignedBuffer Draw(ReverseCoefficients coefficients)
    {
        var x = new AlignedBuffer((long)coefficients.Coordinates * Lanes);
        ReverseSamplerSimd.Draw(coefficients, SamplerCase.Sigma, Stream.At(0, 2), Stream.At(0, 1), x.Pointer);
        return x;
    }
}
