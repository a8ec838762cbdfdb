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

    /// <summary>Two blocks of samples, parts of one step, of several and of none, all counted from where the run began.</summary>
    [Theory]
    [InlineData("isotropic")]
    [InlineData("stiff")]
    [InlineData("drift")]
    public void A_run_in_parts_has_the_bits_of_the_run_in_one(string shape)
    {
        var one = new EmpiricalCase(shape, 100, 12, 2);
        using IEmpiricalSampler sampler = one.Simd(), stepwise = one.Simd();
        using SampleBlocks start = Started(sampler, one), whole = Started(sampler, one), parts = Started(sampler, one),
            steps = Started(sampler, one), late = Started(sampler, one);
        RandomStream noise = EmpiricalCase.Stream("noise");
        sampler.Advance(whole, 12, 12, 0, noise, default);
        foreach (var (from, to) in new[] { (12, 7), (7, 7), (7, 6), (6, 0), (0, 0) }) sampler.Advance(parts, 12, from, to, noise, default);
        for (int k = 12; k > 0; k--) stepwise.Advance(steps, 12, k, k - 1, noise, default);
        AssertClose(whole, parts, 0, "parts");
        AssertClose(whole, steps, 0, "steps");

        // A run that begins at 7 takes the normals that the other took at 12.
        sampler.Advance(late, 12, 12, 7, noise, default);
        sampler.Advance(late, 7, 7, 0, noise, default);
        Assert.NotEqual(whole[0, 0], late[0, 0]);
        Assert.NotEqual(start[39, 1], whole[39, 1]);
    }

    [Fact]
    public void A_cancelled_run_stops_where_it_was_and_can_go_on()
    {
        var one = new EmpiricalCase("drift", 300, 6, 1);
        using IEmpiricalSampler sampler = one.Simd(), other = one.Simd();
        using SampleBlocks x = Started(sampler, one), untouched = Started(sampler, one);
        RandomStream noise = EmpiricalCase.Stream("noise");
        sampler.Advance(x, 6, 6, 4, noise, default);
        other.Advance(untouched, 6, 6, 4, noise, default);
        Assert.Throws<OperationCanceledException>(() => sampler.Advance(x, 6, 4, 0, noise, new(true)));
        AssertClose(untouched, x, 0, "cancelled");
        sampler.Advance(x, 6, 4, 0, noise, default);
        other.Advance(untouched, 6, 4, 0, noise, default);
        AssertClose(untouched, x, 0, "gone on");
    }

    /// <summary>Points of width 0 lie at ±m, as far from the middle exactly; the vector form looks at those of class + first.</summary>
    [Fact]
    public void Of_two_points_at_the_same_distance_the_lower_index_is_the_nearest_whatever_its_class()
    {
        foreach (float first in new[] { 1f, -1f })
        {
            uint replica = 0;
            while (Pair(replica).Class(0) != first || Pair(replica).Class(1) != -first) replica++;
            GaussianMixture mixture = MixtureCases.Isotropic(2, 1);
            using var sampler = new EmpiricalSamplerSimd(mixture, new(mixture), Pair(replica), 2, Grid);
            using var x = new SampleBlocks(1, 2) { [0, 1] = 0.7f };
            int[] nearest = [-1];
            double[] ratio = [-1];
            sampler.Nearest(x, nearest, ratio);
            Assert.Equal((0, 1), (nearest[0], ratio[0]));
        }

        static TrainingPoints Pair(uint replica) => new([1.25f, 0], 0, RandomStream.Of(5, "sampler\n", "training"), replica);
    }

    private static SampleBlocks Started(IEmpiricalSampler sampler, EmpiricalCase one)
    {
        var x = new SampleBlocks(40, one.Dimension);
        sampler.Draw(x, EmpiricalCase.Stream("index"), EmpiricalCase.Stream("start"));
        return x;
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
        GaussianMixture mixture = MixtureCases.Of(law, dimension, 1.5, 0.8);
        var blocks = new MixtureBlocks(mixture);
        var training = new TrainingPoints(TrainingPoints.Mode(mixture, blocks), mixture.Sigma, RandomStream.Of(5, "sampler\n", "training"), 0);
        return isReference
            ? new EmpiricalSamplerReference(mixture, blocks, training, trainingPoints, Grid)
            : new EmpiricalSamplerSimd(mixture, blocks, training, trainingPoints, Grid);
    }
}
