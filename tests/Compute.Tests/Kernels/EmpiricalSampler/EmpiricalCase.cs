using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;
using Sweeps.Compute.Tests.Models;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalSampler;

/// <summary>A training set, its blocks and a uniform grid.</summary>
internal sealed class EmpiricalCase
{
    public EmpiricalCase(string shape, int trainingPoints, int steps, double horizon, uint replica = 0)
    {
        Mixture = shape switch
        {
            "one" => MixtureCases.Isotropic(1, 1.5, 1),
            "isotropic" => MixtureCases.Isotropic(5, 1, 0.7),
            "far" => MixtureCases.Isotropic(2, 4, 0.3),
            "stiff" => new(4, 0.8, 1, 3, 0, ModeDirection.Uniform),
            "drift" => new(5, 0.8, 1, 4, 0.8, ModeDirection.Uniform),
            _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "no such shape"),
        };
        Blocks = new(Mixture);
        Training = new(TrainingPoints.Mode(Mixture, Blocks), Mixture.Sigma, Stream("training"), replica);
        Count = trainingPoints;
        Grid = [.. Enumerable.Range(0, steps + 1).Select(k => horizon * k / steps)];
    }

    public GaussianMixture Mixture { get; }

    public MixtureBlocks Blocks { get; }

    public TrainingPoints Training { get; }

    public int Count { get; }

    public double[] Grid { get; }

    public int Steps => Grid.Length - 1;

    public int Dimension => Training.Dimension;

    /// <summary>Moments of every coordinate block at a time, in the order of the coordinates.</summary>
    public BlockMoments[] Moments(double t) => [.. AllBlocks.Select(block => new BlockMoments(block, Mixture.Sigma, t))];

    public CoordinateBlock[] AllBlocks => Mixture.IsIsotropic
        ? [.. Enumerable.Range(0, Dimension).Select(i => CoordinateBlock.Alone(i, 1, 0))]
        : [.. Blocks.Pairs, .. Blocks.Singles];

    public static RandomStream Stream(string purpose) => RandomStream.Of(7, "", purpose);

    public double[] Point(int mu)
    {
        var row = new float[Dimension];
        Training.Row(mu, row);
        return [.. row.Select(value => (double)value)];
    }

    public IEmpiricalSampler Reference() => new EmpiricalSamplerReference(Mixture, Blocks, Training, Count, Grid);

    public IEmpiricalSampler Simd() => new EmpiricalSamplerSimd(Mixture, Blocks, Training, Count, Grid);
}
