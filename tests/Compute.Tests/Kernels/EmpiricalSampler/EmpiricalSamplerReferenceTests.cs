using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalSampler;

/// <summary>
/// The scalar form against the definition and against laws that are known, at fixed seeds; limits are 4.5 standard errors.
/// </summary>
public class EmpiricalSamplerReferenceTests
{
    private const double Limit = 4.5;

    /// <summary>The drift of a step is A x + 2 ∇ log P_t^e, differentiated numerically; the noise lies where the interface says.</summary>
    [Theory]
    [InlineData("one")]
    [InlineData("isotropic")]
    [InlineData("stiff")]
    [InlineData("drift")]
    public void A_step_follows_the_gradient_of_the_empirical_density(string shape)
    {
        const int Samples = 40;
        var one = new EmpiricalCase(shape, 6, 8, 1.6);
        using IEmpiricalSampler sampler = one.Reference();
        using var x = new SampleBlocks(Samples, one.Dimension);
        using var before = new SampleBlocks(Samples, one.Dimension);
        RandomStream noise = EmpiricalCase.Stream("noise");
        sampler.Draw(x, EmpiricalCase.Stream("index"), EmpiricalCase.Stream("start"));
        sampler.Advance(x, 8, 8, 5, noise, default);
        before.CopyFrom(x);
        sampler.Advance(x, 8, 5, 4, noise, default);
        double t = one.Grid[5], dt = t - one.Grid[4];
        BlockMoments[] moments = one.Moments(t);
        for (int q = 0; q < Samples; q++)
        {
            double[] at = [.. Enumerable.Range(0, one.Dimension).Select(i => (double)before[q, i])], drift = Drift(one, at);
            for (int i = 0; i < one.Dimension; i++)
            {
                const double H = 1e-5;
                double[] up = [.. at], down = [.. at];
                up[i] += H;
                down[i] -= H;
                double gradient = (LogDensity(one, moments, up) - LogDensity(one, moments, down)) / (2 * H);
                ulong group = (ulong)((3 * x.Blocks + q / 32) * one.Dimension + i);
                double z = NormalsReference.Normal(noise, group * 32 + (ulong)(q % 32));
                Assert.Equal(at[i] + dt * (drift[i] + 2 * gradient) + Math.Sqrt(2 * dt) * z, x[q, i], 2e-6);
            }
        }
    }

    /// <summary>Given its μ, x_T is N(E a_μ, Σ_T): the whitened residue has mean 0 and covariance 1.</summary>
    [Theory]
    [InlineData("isotropic")]
    [InlineData("stiff")]
    [InlineData("drift")]
    public void The_start_is_a_noised_training_point(string shape)
    {
        const int Samples = 4000;
        var one = new EmpiricalCase(shape, 3, 4, 0.9);
        using IEmpiricalSampler sampler = one.Reference();
        using var x = new SampleBlocks(Samples, one.Dimension);
        RandomStream indices = EmpiricalCase.Stream("index");
        sampler.Draw(x, indices, EmpiricalCase.Stream("start"));
        BlockMoments[] moments = one.Moments(0.9);
        CoordinateBlock[] blocks = one.AllBlocks;
        var chosen = new int[one.Count];
        var mean = new double[one.Dimension];
        var products = new double[one.Dimension, one.Dimension];
        for (int q = 0; q < Samples; q++)
        {
            var (high, low, _, _) = indices.Words((ulong)q);
            int mu = (int)((UInt128)(((ulong)high << 32) | low) * (ulong)one.Count >> 64);
            chosen[mu]++;
            double[] a = one.Point(mu), z = new double[one.Dimension];
            for (int b = 0, i = 0; b < blocks.Length; i += blocks[b++].IsPair ? 2 : 1)
            {
                bool pair = blocks[b].IsPair;
                var (e1, e2) = moments[b].Propagator * (a[i], pair ? a[i + 1] : 0);
                var (z1, z2) = moments[b].NoiseCovariance.InverseSymmetricSquareRoot() * (x[q, i] - e1, pair ? x[q, i + 1] - e2 : 0);
                z[i] = z1;
                if (pair) z[i + 1] = z2;
            }
            for (int i = 0; i < z.Length; i++)
            {
                mean[i] += z[i] / Samples;
                for (int j = 0; j < z.Length; j++) products[i, j] += z[i] * z[j] / Samples;
            }
        }
        double error = 1 / Math.Sqrt(Samples);
        Assert.All(mean, value => Assert.InRange(value, -Limit * error, Limit * error));
        for (int i = 0; i < one.Dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double limit = Limit * error * (i == j ? Math.Sqrt(2) : 1);
                Assert.InRange(products[i, j] - (i == j ? 1 : 0), -limit, limit);
            }
        }
        double share = Math.Sqrt(2.0 / 9 / Samples);
        Assert.All(chosen, count => Assert.InRange((double)count / Samples - 1.0 / 3, -Limit * share, Limit * share));
    }

    /// <summary>
    /// One training point: the chain is Gaussian, with mean ← M mean + G a and variance ← M² variance + 2 dt on every coordinate.
    /// </summary>
    [Fact]
    public void A_single_training_point_draws_every_sample_to_it()
    {
        const int Samples = 2000;
        var one = new EmpiricalCase("isotropic", 1, 300, 3);
        using IEmpiricalSampler sampler = one.Reference();
        using var x = new SampleBlocks(Samples, one.Dimension);
        sampler.Draw(x, EmpiricalCase.Stream("index"), EmpiricalCase.Stream("start"));
        sampler.Advance(x, 300, 300, 0, EmpiricalCase.Stream("noise"), default);
        double share = Math.Exp(-3), variance = 1 - Math.Exp(-6);
        for (int k = 300; k > 0; k--)
        {
            double t = one.Grid[k], dt = t - one.Grid[k - 1], noise = 1 - Math.Exp(-2 * t), m = 1 + dt * (1 - 2 / noise);
            share = m * share + 2 * dt * Math.Exp(-t) / noise;
            variance = m * m * variance + 2 * dt;
        }
        Assert.Equal(1, share, 0.01);
        Assert.Equal(0.02, variance, 0.001);
        double[] a = one.Point(0);
        for (int i = 0; i < one.Dimension; i++)
        {
            double[] residues = [.. Enumerable.Range(0, Samples).Select(q => x[q, i] - share * a[i])];
            Assert.InRange(residues.Average(), -Limit * Math.Sqrt(variance / Samples), Limit * Math.Sqrt(variance / Samples));
            double limit = Limit * Math.Sqrt(2.0 / Samples);
            Assert.InRange(residues.Average(r => r * r) / variance - 1, -limit, limit);
        }
        var nearest = new int[Samples];
        var ratio = new double[Samples];
        sampler.Nearest(x, nearest, ratio);
        Assert.All(nearest, mu => Assert.Equal(0, mu));
        Assert.All(ratio, value => Assert.Equal(0, value));
    }

    /// <summary>
    /// In continuous time a run from x_t ends at μ with probability w_μ(x_t); 400 steps leave an error below that of 3000 samples.
    /// </summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.2)]
    [InlineData(0.05)]
    public void The_end_among_two_far_points_follows_the_weights(double weight)
    {
        const int Samples = 3000, Steps = 400;
        const double T = 1.5;
        var one = new EmpiricalCase("far", 2, Steps, T, Replica("far"));
        using IEmpiricalSampler sampler = one.Reference();
        using var x = new SampleBlocks(Samples, 2);
        double[] a = one.Point(0), b = one.Point(1), difference = [b[0] - a[0], b[1] - a[1]];
        double decay = Math.Exp(-T), noise = 1 - Math.Exp(-2 * T), squared = difference[0] * difference[0] + difference[1] * difference[1];
        Assert.True(squared > 100);
        // On the line through both images, so far from the middle that point 1 has the weight.
        double shift = Math.Log(weight / (1 - weight)) * noise / (decay * squared);
        for (int q = 0; q < Samples; q++)
            for (int i = 0; i < 2; i++) x[q, i] = (float)(0.5 * decay * (a[i] + b[i]) + shift * difference[i]);
        sampler.Advance(x, Steps, Steps, 0, EmpiricalCase.Stream("noise"), default);
        var nearest = new int[Samples];
        var ratio = new double[Samples];
        sampler.Nearest(x, nearest, ratio);
        double error = Math.Sqrt(weight * (1 - weight) / Samples);
        Assert.InRange(nearest.Average() - weight, -Limit * error, Limit * error);
        Assert.All(ratio, value => Assert.InRange(value, 0, 0.1));
    }

    [Fact]
    public void A_run_in_parts_is_the_run_in_one_and_neighbours_do_not_matter()
    {
        var one = new EmpiricalCase("drift", 5, 12, 2);
        RandomStream noise = EmpiricalCase.Stream("noise");
        using IEmpiricalSampler sampler = one.Reference();
        using var whole = Started(sampler, 40, one.Dimension);
        using var parts = Started(sampler, 40, one.Dimension);
        using var more = Started(sampler, 64, one.Dimension);
        sampler.Advance(whole, 12, 12, 0, noise, default);
        sampler.Advance(parts, 12, 12, 7, noise, default);
        sampler.Advance(parts, 12, 7, 7, noise, default);
        sampler.Advance(parts, 12, 7, 0, noise, default);
        sampler.Advance(more, 12, 12, 0, noise, default);
        for (int q = 0; q < 40; q++)
        {
            for (int i = 0; i < one.Dimension; i++)
            {
                Assert.Equal(whole[q, i], parts[q, i]);
                Assert.Equal(whole[q, i], more[q, i]);
            }
        }
    }

    [Fact]
    public void The_nearest_point_and_the_ratio_are_those_of_sorted_distances()
    {
        var one = new EmpiricalCase("stiff", 50, 2, 1);
        using IEmpiricalSampler sampler = one.Reference();
        using var x = Started(sampler, 100, one.Dimension);
        for (int i = 0; i < one.Dimension; i++) x[3, i] = (float)one.Point(17)[i];
        var nearest = new int[100];
        var ratio = new double[100];
        sampler.Nearest(x, nearest, ratio);
        Assert.Equal((17, 0), (nearest[3], ratio[3]));
        for (int q = 0; q < 100; q++)
        {
            var sorted = Enumerable.Range(0, 50)
                .Select(mu => (Mu: mu, Distance: Math.Sqrt(one.Point(mu).Select((value, i) => Math.Pow(value - x[q, i], 2)).Sum())))
                .OrderBy(pair => pair.Distance).ToArray();
            Assert.Equal(sorted[0].Mu, nearest[q]);
            Assert.Equal(sorted[0].Distance / sorted[1].Distance, ratio[q], 1e-12);
        }
    }

    [Fact]
    public void A_cancelled_run_stops()
    {
        var one = new EmpiricalCase("one", 2, 4, 1);
        using IEmpiricalSampler sampler = one.Reference();
        using var x = new SampleBlocks(1, 1);
        Assert.Throws<OperationCanceledException>(() => sampler.Advance(x, 4, 4, 0, EmpiricalCase.Stream("noise"), new(true)));
    }

    private static SampleBlocks Started(IEmpiricalSampler sampler, int samples, int dimension)
    {
        var x = new SampleBlocks(samples, dimension);
        sampler.Draw(x, EmpiricalCase.Stream("index"), EmpiricalCase.Stream("start"));
        return x;
    }

    /// <summary>The first replica whose two training points are of different classes.</summary>
    private static uint Replica(string shape)
    {
        for (uint replica = 0; ; replica++)
        {
            var one = new EmpiricalCase(shape, 2, 1, 1, replica);
            if (one.Training.Class(0) != one.Training.Class(1)) return replica;
        }
    }

    private static double[] Drift(EmpiricalCase one, double[] x)
    {
        var drift = new double[x.Length];
        int i = 0;
        foreach (CoordinateBlock block in one.AllBlocks)
        {
            var (first, second) = block.Drift * (x[i], block.IsPair ? x[i + 1] : 0);
            drift[i++] = first;
            if (block.IsPair) drift[i++] = second;
        }
        return drift;
    }

    /// <summary>ln Σ_μ exp(−½ (x − E a_μ)ᵀ Σ⁻¹ (x − E a_μ)).</summary>
    private static double LogDensity(EmpiricalCase one, BlockMoments[] moments, double[] x)
    {
        double sum = 0;
        CoordinateBlock[] blocks = one.AllBlocks;
        for (int mu = 0; mu < one.Count; mu++)
        {
            double[] a = one.Point(mu);
            double form = 0;
            for (int b = 0, i = 0; b < blocks.Length; i += blocks[b++].IsPair ? 2 : 1)
            {
                bool pair = blocks[b].IsPair;
                var (e1, e2) = moments[b].Propagator * (a[i], pair ? a[i + 1] : 0);
                double r1 = x[i] - e1, r2 = pair ? x[i + 1] - e2 : 0;
                Matrix2 s = moments[b].NoiseCovariance.Inverse();
                form += s.A11 * r1 * r1 + (s.A12 + s.A21) * r1 * r2 + s.A22 * r2 * r2;
            }
            sum += Math.Exp(-0.5 * form);
        }
        return Math.Log(sum);
    }
}
