using System.Runtime.Intrinsics;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.EmpiricalSampler;

/// <summary>The reverse process under the empirical score in single precision, 32 samples as vector lanes; the score is <see cref="EmpiricalScoreSimd"/>.</summary>
internal sealed unsafe class EmpiricalSamplerSimd : IEmpiricalSampler
{
    private const int Lanes = SampleBlocks.Lanes;
    private readonly MixtureBlocks blocks;
    private readonly double sigma;
    private readonly double[] grid;
    private readonly TrainingPoints training;
    private readonly TrainingSet data;
    private EmpiricalScoreSimd? score;
    private int scoreBlocks;

    /// <param name="mixture">The data law.</param>
    /// <param name="blocks">Its blocks.</param>
    /// <param name="training">The training points.</param>
    /// <param name="trainingPoints">n ≥ 1; all are held in memory.</param>
    /// <param name="grid">Time grid, ascending from t_0 = 0.</param>
    public EmpiricalSamplerSimd(GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, int trainingPoints, double[] grid)
    {
        (this.training, this.grid, sigma) = (training, grid, mixture.Sigma);
        this.blocks = mixture.IsIsotropic ? MixtureBlocks.Isotropic(training.Dimension) : blocks;
        data = new(training, trainingPoints);
    }

    public void Draw(SampleBlocks x, RandomStream indices, RandomStream noise) =>
        new EmpiricalStart(blocks, sigma, grid[^1]).Draw(x, training, data.Count, indices, noise);

    public void Advance(SampleBlocks x, int origin, int from, int to, RandomStream noise, CancellationToken cancellation)
    {
        EmpiricalScoreSimd engine = Score(x.Blocks);
        using AlignedBuffer mean = new((long)x.Dimension * Lanes), normals = new((long)x.Dimension * Lanes);
        for (int k = from; k > to; k--)
        {
            double step = grid[k] - grid[k - 1];
            engine.Evaluate(new(blocks, sigma, training.ModeVector, grid[k]), x.Block(0), cancellation);
            BlockMatrix stay = new(blocks, block => Matrix2.Identity + step * (block.Drift - 2 * Moments(block, k).NoiseCovariance.Inverse()));
            BlockMatrix pull = new(blocks, block => 2 * step * (Moments(block, k).NoiseCovariance.Inverse() * Moments(block, k).Propagator));
            Vector512<float> spread = Vector512.Create((float)Math.Sqrt(2 * step));
            for (int block = 0; block < x.Blocks; block++)
            {
                float* state = x.Block(block);
                engine.Mean(block, mean.Pointer);
                pull.Apply(mean.Pointer, mean.Pointer);
                stay.Apply(state, state);
                NormalsSimd.FillGroups(
                    noise, ((ulong)(origin - k) * (ulong)x.Blocks + (ulong)block) * (ulong)x.Dimension, normals.Pointer, x.Dimension);
                for (long i = 0; i < (long)x.Dimension * Lanes; i += SoftmaxLanes.Width)
                    Vector512.FusedMultiplyAdd(spread, Vector512.Load(normals.Pointer + i), Vector512.Load(state + i) + Vector512.Load(mean.Pointer + i))
                        .Store(state + i);
            }
        }
    }

    public void Nearest(SampleBlocks x, Span<int> nearest, Span<double> ratio)
    {
        using var search = new NearestPoints(data);
        var settlement = new NearestOfTwo(training, data.Count);
        for (int block = 0; block < x.Blocks; block++)
        {
            search.Find(x.Block(block));
            for (int q = block * Lanes; q < Math.Min((block + 1) * Lanes, x.Count); q++)
            {
                var (first, second) = search.Candidates(q % Lanes);
                (nearest[q], ratio[q]) = settlement.Settle(x, q, first, second);
            }
        }
    }

    public void Dispose()
    {
        score?.Dispose();
        data.Dispose();
    }

    private BlockMoments Moments(CoordinateBlock block, int k) => new(block, sigma, grid[k]);

    private EmpiricalScoreSimd Score(int count)
    {
        if (score is not null && scoreBlocks == count) return score;
        score?.Dispose();
        scoreBlocks = count;
        return score = new(data, count);
    }
}
