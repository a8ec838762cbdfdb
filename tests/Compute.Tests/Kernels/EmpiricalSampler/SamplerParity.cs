using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;
using Sweeps.Compute.Tests.Models;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalSampler;

/// <summary>Samplers of one training set and their parity with the reference.</summary>
internal static class SamplerParity
{
    public static readonly double[] Grid = [0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1.1, 1.6, 2.5];

    public static readonly RandomStream Stream = RandomStream.Of(6, "sampler\n", "noise");

    /// <summary>Makes a sampler of one training set.</summary>
    public delegate IEmpiricalSampler Form(GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, int trainingPoints, double[] grid);

    public static TheoryData<string, int, int, int> Cases => new()
    {
        { "isotropic", 1, 1, 1 },
        { "isotropic", 5, 97, 33 },
        { "isotropic", 64, 200, 20 },
        { "stiff", 3, 50, 31 },
        { "stiff", 12, 96, 32 },
        { "drift", 2, 13, 64 },
        { "drift", 13, 150, 40 },
    };

    /// <summary>Step by step, and at the end the nearest points.</summary>
    public static void AssertSteps(Form factory, string law, int dimension, int trainingPoints, int samples)
    {
        using IEmpiricalSampler sampler = Sampler(factory, law, dimension, trainingPoints);
        using IEmpiricalSampler reference = Sampler(Reference, law, dimension, trainingPoints);
        using SampleBlocks x = new(samples, dimension), y = new(samples, dimension);
        sampler.Draw(x, Stream.At(0, 1), Stream.At(0, 2));
        reference.Draw(y, Stream.At(0, 1), Stream.At(0, 2));
        AssertClose(y, x, 2e-5, "start");
        for (int k = Grid.Length - 1; k > 0; k--)
        {
            // From the same state: near speciation and collapse trajectories would amplify a last bit.
            x.CopyFrom(y);
            sampler.Advance(x, Grid.Length - 1, k, k - 1, Stream, default);
            reference.Advance(y, Grid.Length - 1, k, k - 1, Stream, default);
            AssertClose(y, x, 2e-3, $"step {k}");
        }
        AssertNearest(sampler, reference, x, y);
    }

    /// <summary>Several steps at once and one by one, with the same bits.</summary>
    public static void AssertPieces(Form factory)
    {
        using IEmpiricalSampler once = Sampler(factory, "drift", 6, 100), stepwise = Sampler(factory, "drift", 6, 100);
        using SampleBlocks x = new(40, 6), y = new(40, 6);
        once.Draw(x, Stream.At(0, 1), Stream.At(0, 2));
        y.CopyFrom(x);
        once.Advance(x, Grid.Length - 1, Grid.Length - 1, 0, Stream, default);
        for (int k = Grid.Length - 1; k > 0; k--) stepwise.Advance(y, Grid.Length - 1, k, k - 1, Stream, default);
        AssertClose(y, x, 0, "end");
    }

    public static IEmpiricalSampler Sampler(Form factory, string law, int dimension, int trainingPoints)
    {
        GaussianMixture mixture = MixtureCases.Of(law, dimension, 1.5, 0.8);
        var blocks = new MixtureBlocks(mixture);
        RandomStream stream = RandomStream.Of(5, "sampler\n", "training");
        var training = new TrainingPoints(TrainingPoints.Mode(mixture, blocks), mixture.Sigma, stream, 0);
        return factory(mixture, blocks, training, trainingPoints, Grid);
    }

    private static IEmpiricalSampler Reference(
        GaussianMixture mixture, MixtureBlocks blocks, TrainingPoints training, int trainingPoints, double[] grid) =>
        new EmpiricalSamplerReference(mixture, blocks, training, trainingPoints, grid);

    private static void AssertNearest(IEmpiricalSampler sampler, IEmpiricalSampler reference, SampleBlocks x, SampleBlocks y)
    {
        int[] a = new int[x.Count], b = new int[x.Count];
        double[] ratioA = new double[x.Count], ratioB = new double[x.Count];
        x.CopyFrom(y);
        sampler.Nearest(x, a, ratioA);
        reference.Nearest(y, b, ratioB);
        Assert.Equal(b, a);
        for (int q = 0; q < x.Count; q++) Assert.Equal(ratioB[q], ratioA[q], 1e-6);
    }

    public static void AssertClose(SampleBlocks expected, SampleBlocks actual, double tolerance, string what)
    {
        for (int q = 0; q < expected.Count; q++)
        {
            for (int k = 0; k < expected.Dimension; k++)
                Assert.True(
                    Math.Abs(expected[q, k] - actual[q, k]) <= tolerance * (1 + Math.Abs(expected[q, k])),
                    $"{what}, sample {q}, coordinate {k}: {actual[q, k]} against {expected[q, k]}");
        }
    }
}
