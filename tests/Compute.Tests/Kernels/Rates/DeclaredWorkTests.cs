using System.Runtime.Intrinsics;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Kernels.Rates;
using Sweeps.Compute.Kernels.ReverseSampler;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Tests.Kernels.Rates;

/// <summary>
/// The units of work that a rate declares are the work that it does: counted where it counts itself, else seen in what it leaves behind.
/// </summary>
public class DeclaredWorkTests
{
    [Fact]
    public void The_peak_does_two_operations_for_every_fused_multiply_add_that_its_chains_count()
    {
        foreach (int links in new[] { 1, 7, 1000 })
        {
            using var work = new FmaPeak.Work(links);
            work.Run();
            Assert.Equal(work.UnitsOfWork, 2 * work.Counted);
        }
    }

    [Fact]
    public void Chains_of_every_width_count_their_links_exactly_up_to_the_length_that_is_measured()
    {
        const int Links = 1 << 19;
        Assert.Equal(12.0 * 16 * Links, FmaChains.Run<Lanes512>(Links));
        Assert.Equal(12.0 * 8 * Links, FmaChains.Run<Lanes256>(Links));
        Assert.Equal(12.0 * 8 * Links, FmaChains.Run<Lanes128Twice>(Links));
        using IKernelWork work = new FmaPeak().Prepare(0, 1);
        Assert.InRange(work.UnitsOfWork, 1, 2L * 12 * 16 * Links);
    }

    [Fact]
    public void The_triad_moves_twelve_bytes_for_every_element_that_it_writes()
    {
        foreach (int length in new[] { 1, 16, 1000 })
        {
            using var work = new MemoryBandwidth.Work(length);
            Assert.DoesNotContain(7f, work.Written.ToArray());
            work.Run();
            Assert.All(work.Written.ToArray(), value => Assert.Equal(7f, value)); // 1 + 3 · 2
            Assert.Equal(12L * work.Written.Length, work.UnitsOfWork);
            Assert.InRange(work.Written.Length, length, length + Vector512<float>.Count - 1);
        }
    }

    [Fact]
    public void All_threads_together_take_the_memory_that_was_asked_for()
    {
        var rate = new MemoryBandwidth(3 << 20);
        using IKernelWork alone = rate.Prepare(0, 1), third = rate.Prepare(2, 3);
        Assert.Equal(3 << 20, alone.UnitsOfWork);
        Assert.InRange(third.UnitsOfWork, 1 << 20, (1 << 20) + 3 * 64);
    }

    [Fact]
    public void Normals_are_made_up_to_the_place_in_the_stream_that_the_declared_count_reaches()
    {
        RandomStream stream = RandomStream.Of(3, "x=1\n", "test");
        using var work = new NormalsRate.Work(stream, 5);
        work.Run();
        var all = new float[work.UnitsOfWork];
        NormalsSimd.Fill(stream, 0, all);
        Assert.Equal(all[^NormalsRate.Work.BufferSize..], work.Last.ToArray());
    }

    [Fact]
    public void The_sampler_takes_every_coordinate_of_every_sample_through_the_declared_steps()
    {
        const int Dimension = 6, Steps = 7;
        using var work = new SamplerRate.Work(Dimension, Steps, 2);
        Assert.Equal(Dimension * 64 * Steps, work.UnitsOfWork);
        float[] start = work.State.ToArray();
        work.Run();

        // Single precision over seven steps of states below ten.
        const double Tolerance = 1e-4;
        for (int lane = 0; lane < ReverseSamplerSimd.Lanes; lane++)
        {
            double[] x = [.. Enumerable.Range(0, Dimension).Select(i => (double)start[i * ReverseSamplerSimd.Lanes + lane])];
            ReverseSamplerReference.Advance(work.Coefficients, 1, x, Steps, Steps, 0, work.Noise, lane);
            for (int i = 0; i < Dimension; i++) Assert.Equal(x[i], work.State[i * ReverseSamplerSimd.Lanes + lane], Tolerance);
        }
    }

    [Fact]
    public void The_score_multiplies_every_query_twice_with_every_training_point()
    {
        const int Dimension = 5, Points = 130, Queries = 21;
        using var work = new ScoreRate.Work(Dimension, Points, Queries, 1);
        // Two products, each of d fused multiply-adds, each of two operations.
        Assert.Equal(2L * 2 * Dimension * Points * Queries, work.UnitsOfWork);
        work.Run();

        // Were a point or a coordinate left out, every query would show it.
        double[][] points = [.. work.Points.Chunk(Dimension).Select(point => point.Select(value => (double)value).ToArray())];
        for (int q = 0; q < Queries; q++)
        {
            double[] query = [.. Enumerable.Range(0, Dimension).Select(k => (double)work.Queries[q, k])];
            var right = new EmpiricalScoreReference(MixtureBlocks.Isotropic(Dimension), 1, points, ScoreRate.Work.Time, query);
            Assert.Equal(right.LogSum, work.LogSums[q], 1e-4);
            Assert.Equal(right.Participation, work.Participations[q], 1e-6);
            Assert.Equal(right.LargestWeight, work.LargestWeights[q], 1e-6);
            Assert.Equal(right.LargestIndex, work.LargestIndices[q]);
            for (int k = 0; k < Dimension; k++) Assert.Equal(right.Mean[k], work.Means[q, k], 1e-5);
        }
    }

    [Fact]
    public void Threads_do_not_share_their_random_numbers()
    {
        using var first = new SamplerRate.Work(4, 3, 0);
        using var second = new SamplerRate.Work(4, 3, 1);
        Assert.NotEqual(first.State.ToArray(), second.State.ToArray());
        Assert.NotEqual(first.Noise, second.Noise);
    }

    [Fact]
    public void What_the_command_measures_is_what_the_interface_names_and_each_has_work_to_do()
    {
        var rates = KernelRates.OfCpu(3 << 20);
        Assert.Equal(
            [
                "fma_peak_gflops", "memory_bandwidth_gb_per_s", "normals_per_s", "sampler_coordinate_steps_per_s",
                "score.d256.gflops", "score.d1024.gflops",
            ],
            rates.Kernels.Select(rate => rate.Name).Prepend(rates.Peak.Name));
        Assert.Equal(["score.d256.fraction", "score.d1024.fraction"], rates.Kernels.Select(rate => rate.FractionName).OfType<string>());
        using IKernelWork score = rates.Kernels[^1].Prepare(0, 1), sampler = rates.Kernels[2].Prepare(0, 1);
        Assert.Equal(4L * 1024 * 20_000 * 1024, score.UnitsOfWork);
        Assert.Equal(256L * 64 * 100, sampler.UnitsOfWork);
    }
}
