using System.Runtime.Intrinsics;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.EmpiricalSampler;

/// <summary>
/// Draws of x_T, see <see cref="IEmpiricalSampler.Draw"/>: one per trajectory, so the processor makes them for every kind of device.
/// </summary>
/// <param name="blocks">Coordinate blocks.</param>
/// <param name="sigma">σ.</param>
/// <param name="horizon">T.</param>
internal sealed unsafe class EmpiricalStart(MixtureBlocks blocks, double sigma, double horizon)
{
    private const int Lanes = SampleBlocks.Lanes;

    private readonly BlockMatrix decay = new(blocks, block => new BlockMoments(block, sigma, horizon).Propagator);
    private readonly BlockMatrix spread =
        new(blocks, block => new BlockMoments(block, sigma, horizon).NoiseCovariance.SymmetricSquareRoot());

    /// <param name="x">Samples to fill.</param>
    /// <param name="training">The training points.</param>
    /// <param name="count">n.</param>
    /// <param name="indices">Stream of the indices μ.</param>
    /// <param name="noise">Stream of z.</param>
    public void Draw(SampleBlocks x, TrainingPoints training, int count, RandomStream indices, RandomStream noise)
    {
        using var drawn = new AlignedBuffer((long)x.Dimension * Lanes);
        var point = new float[x.Dimension];
        for (int block = 0; block < x.Blocks; block++)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                training.Row(TrainingPoints.Draw(indices, (ulong)(block * Lanes + lane), count), point);
                for (int k = 0; k < point.Length; k++) drawn.Pointer[(long)k * Lanes + lane] = point[k];
            }
            decay.Apply(drawn.Pointer, drawn.Pointer);
            NormalsSimd.FillGroups(noise, (ulong)block * (ulong)x.Dimension, x.Block(block), x.Dimension);
            spread.Apply(x.Block(block), x.Block(block));
            for (long i = 0; i < (long)x.Dimension * Lanes; i += SoftmaxLanes.Width)
                (Vector512.Load(x.Block(block) + i) + Vector512.Load(drawn.Pointer + i)).Store(x.Block(block) + i);
        }
    }
}
