using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;
using Sweeps.Compute.Tests.Models;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalSampler;

public class EmpiricalSamplerParityTests
{
    private static readonly double[] Grid = [0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1.1, 1.6, 2.5];

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

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_step_follows_the_reference(string law, int dimension, int trainingPoints, int samples)
    {
        using IEmpiricalSampler vector = Sampler(law, dimension, trainingPoints, false), reference = Sampler(law, dimension, trainingPoints, true);
        using SampleBlocks x = new(samples, dimension), y = new(samples, dimension);
        RandomStream stream = RandomStream.Of(6, "sampler\n", "noise");
        vector.Draw(x, stream.At(0, 1), stream.At(0, 2));
        reference.Draw(y, stream.At(0, 1), stream.At(0, 2));
        AssertClose(y, x, 2e-5, "start");
        for (int k = Grid.Length - 1; k > 0; k--)
        {
            // From the same state: near speciation and collapse trajectories would amplify a last bit.
            x.CopyFrom(y);
            vector.Advance(x, Grid.Length - 1, k, k - 1, stream, default);
            reference.Advance(y, Grid.Length - 1, k, k - 1, stream, default);
            AssertClose(y, x, 2e-3, $"step {k}");
        }
        int[] a = new int[samples], b = new int[samples];
        double[] ratioA = new double[samples], ratioB = new double[samples];
        x.CopyFrom(y);
        vector.Nearest(x, a, ratioA);
        reference.Nearest(y, b, ratioB);
        Assert.Equal(b, a);
        for (int q = 0; q < samples; q++) Assert.Equal(ratioB[q], ratioA[q], 1e-6);
    }

    [Fact]
    public void Several_steps_at_once_are_the_same_bits_as_one_by_one()
    {
        using IEmpiricalSampler once = Sampler("drift", 6, 100, false), stepwise = Sampler("drift", 6, 100, false);
        using SampleBlocks x = new(40, 6), y = new(40, 6);
        RandomStream stream = RandomStream.Of(6, "sampler\n", "noise");
        once.Draw(x, stream.At(0, 1), stream.At(0, 2));
        y.CopyFrom(x);
        once.Advance(x, Grid.Length - 1, Grid.Length - 1, 0, stream, default);
        for (int k = Grid.Length - 1; k > 0; k--) stepwise.Advance(y, Grid.Length - 1, k, k - 1, stream, default);
        AssertClose(y, x, 0, "end");
    }

    private static void AssertClose(SampleBlocks expected, SampleBlocks actual, double tolerance, string what)
    {
        for (int q = 0; q < expected.Count; q++)
        {
            for (int k = 0; k < expected.Dimension; k++)
                Assert.True(
                    Math.Abs(expected[q, k] - actual[q, k]) <= tolerance * (1 + Math.Abs(expected[q, k])),
                    $"{what}, sample {q}, coordinate {k}: {actual[q, k]} against {expected[q, k]}");
        }
    }

    private static IEmpiricalSampler Sampler(string law, int dimension, int trainingPoints, bool isReference)
    {
        GaussianMixture mixture = law switch
        {
            "isotropic" => MixtureCases.Isotropic(dimension, 1.5),
            "stiff" => new(dimension, 1.5, 0.8, 4, 0, ModeDirection.Uniform),
            "drift" => new(dimension, 1.5, 0.8, 4, 0.7, ModeDirection.Uniform),
            _ => throw new ArgumentOutOfRangeException(nameof(law), law, "no such law"),
        };
        var blocks = new MixtureBlocks(mixture);
        var training = new TrainingPoints(TrainingPoints.Mode(mixture, blocks), mixture.Sigma, RandomStream.Of(5, "sampler\n", "training"), 0);
        return isReference
            ? new EmpiricalSamplerReference(mixture, blocks, training, trainingPoints, Grid)
            : new EmpiricalSamplerSimd(mixture, blocks, training, trainingPoints, Grid);
    }
}
