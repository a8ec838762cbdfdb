using System.Runtime.Intrinsics;
using Sweeps.Compute.Kernels;
using Sweeps.Compute.Kernels.ReverseSampler;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>
/// Reverse trajectories of a point: a trunk from T to 0 and, at the branch times, an independent copy that runs to 0 from the same x_t. Blocks of 64
/// samples are independent; a branch runs as soon as the trunk reaches it, so two states are all the memory a block needs.
/// </summary>
internal sealed unsafe class SpeciationSimulation
{
    private const int Lanes = ReverseSamplerSimd.Lanes;
    private readonly ReverseCoefficients coefficients;
    private readonly double sigma;
    private readonly CloneScore score;
    private readonly RandomStream trunk;
    private readonly RandomStream branch;
    private readonly RandomStream bridge;

    /// <param name="point">The point.</param>
    /// <param name="coefficients">Its grid and blocks.</param>
    public SpeciationSimulation(GaussianMixturePoint point, ReverseCoefficients coefficients)
    {
        this.coefficients = coefficients;
        sigma = point.Mixture.Sigma;
        score = new(point);
        trunk = point.Stream("trunk");
        branch = point.Stream("branch");
        bridge = point.Stream("bridge");
    }

    /// <summary>Runs all samples and adds them up.</summary>
    public void Run(SpeciationTally tally, IParallelLoop loop, CancellationToken cancellation)
    {
        long samples = tally.Batches.Samples;
        int blocks = checked((int)((samples + Lanes - 1) / Lanes));
        loop.For(blocks, block =>
        {
            cancellation.ThrowIfCancellationRequested();
            RunBlock(tally, (uint)block, (int)Math.Min(Lanes, samples - (long)block * Lanes));
        });
    }

    private void RunBlock(SpeciationTally tally, uint block, int lanes)
    {
        long first = (long)block * Lanes;
        int steps = coefficients.Steps;
        using var state = new AlignedBuffer(2L * coefficients.Coordinates * Lanes);
        float* x = state.Pointer, copy = x + (long)coefficients.Coordinates * Lanes;
        float* y = stackalloc float[Lanes];
        var ends = new float[tally.Branches.Length * Lanes];
        var commitment = new CommitmentTracker(coefficients, bridge.At(block));
        ReverseSamplerSimd.Draw(coefficients, sigma, trunk.At(block, 2), trunk.At(block, 1), x);
        int observation = tally.Observed.Length - 1, branching = tally.Branches.Length - 1;
        for (int k = steps; k > 0;)
        {
            if (observation >= 0 && tally.Observed[observation] == k) Observe(tally, observation--, first, lanes, x, k, y);
            if (branching >= 0 && tally.Branches[branching] == k)
            {
                Buffer.MemoryCopy(x, copy, coefficients.Coordinates * (long)Lanes * sizeof(float), coefficients.Coordinates * (long)Lanes * sizeof(float));
                ReverseSamplerSimd.Advance(coefficients, copy, k, k, 0, branch.At(block, (uint)k), null);
                ReverseSamplerSimd.Project(coefficients, copy, 0, y);
                new Span<float>(y, Lanes).CopyTo(ends.AsSpan(branching-- * Lanes));
            }
            int next = Math.Max(observation >= 0 ? tally.Observed[observation] : 0, branching >= 0 ? tally.Branches[branching] : 0);
            ReverseSamplerSimd.Advance(coefficients, x, steps, k, next, trunk.At(block), commitment);
            k = next;
        }
        ReverseSamplerSimd.Project(coefficients, x, 0, y);
        commitment.Observe(0, y);
        tally.SetCommitmentTimes(first, commitment.CommitmentTimes[..lanes]);
        Span<float> scores = stackalloc float[Lanes];
        for (int b = 0; b < tally.Branches.Length; b++)
        {
            score.Of(new(y, Lanes), ends.AsSpan(b * Lanes, Lanes), scores[..lanes]);
            tally.AddSame(b, first, scores[..lanes]);
        }
    }

    private void Observe(SpeciationTally tally, int observation, long first, int lanes, float* x, int k, float* y)
    {
        float* sech2 = stackalloc float[Lanes];
        float* entropy = stackalloc float[Lanes];
        ReverseSamplerSimd.Project(coefficients, x, k, y);
        for (int v = 0; v < Lanes; v += 16)
        {
            // With e = e^{−2|y|}: sech² y = 4e/(1+e)², the smaller posterior is e/(1+e), and h = ln(1+e) + 2|y| e/(1+e).
            Vector512<float> value = Vector512.Load(y + v), e = VectorMath.ExpOfMinusTwiceAbsolute(value);
            Vector512<float> sum = Vector512<float>.One + e, minor = e / sum;
            (Vector512.Create(4f) * minor / sum).Store(sech2 + v);
            (VectorMath.Log(sum) + (Vector512.Abs(value) + Vector512.Abs(value)) * minor).Store(entropy + v);
        }
        tally.AddSech2(observation, first, new(sech2, lanes));
        tally.AddEntropy(observation, first, new(entropy, lanes));
    }
}
