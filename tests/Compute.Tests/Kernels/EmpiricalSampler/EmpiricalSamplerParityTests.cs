using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;
using Sweeps.Compute.Tests.Models;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalSampler;

public class EmpiricalSamplerParityTests
{
    private static readonly SamplerParity.Form Simd =
        (mixture, blocks, training, n, grid) => new EmpiricalSamplerSimd(mixture, blocks, training, n, grid);

    [Theory]
    [MemberData(nameof(SamplerParity.Cases), MemberType = typeof(SamplerParity))]
    public void Every_step_follows_the_reference(string law, int dimension, int trainingPoints, int samples) =>
        SamplerParity.AssertSteps(Simd, law, dimension, trainingPoints, samples);

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
        SamplerParity.AssertClose(whole, parts, 0, "parts");
        SamplerParity.AssertClose(whole, steps, 0, "steps");

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
        SamplerParity.AssertClose(untouched, x, 0, "cancelled");
        sampler.Advance(x, 6, 4, 0, noise, default);
        other.Advance(untouched, 6, 4, 0, noise, default);
        SamplerParity.AssertClose(untouched, x, 0, "gone on");
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
            using var sampler = new EmpiricalSamplerSimd(mixture, new(mixture), Pair(replica), 2, SamplerParity.Grid);
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
}
