using FsCheck;
using FsCheck.Fluent;
using Sweeps.Compute.Models;
using Sweeps.Compute.Theory;
using Sweeps.Properties;

namespace Sweeps.Compute.Tests.Models;

public class GaussianMixtureTests
{
    private static double[] Rates(GaussianMixture mixture) =>
    [
        .. mixture.AllBlocks
            .SelectMany<CoordinateBlock, (long, double)>(
                b => b.IsPair ? [(b.FirstIndex, b.FirstRate), (b.SecondIndex, b.SecondRate)] : [(b.FirstIndex, b.FirstRate)])
            .OrderBy(x => x.Item1).Select(x => x.Item2),
    ];

    private static double[] Modes(GaussianMixture mixture)
    {
        var modes = new double[mixture.Dimension];
        foreach (CoordinateBlock b in mixture.AllBlocks)
        {
            modes[b.FirstIndex] = b.FirstMode;
            if (b.IsPair) modes[b.SecondIndex] = b.SecondMode;
        }
        return modes;
    }

    [Theory]
    [InlineData(7, 4, 0)]
    [InlineData(7, 4, 0.5)]
    [InlineData(8, 64, 1)]
    [InlineData(2, 9, 2)]
    public void Rates_are_linear_from_end_to_end_and_sum_to_the_dimension(int d, double kappa, double gamma)
    {
        double[] rates = Rates(new GaussianMixture(d, 1, 1, kappa, gamma, ModeDirection.Uniform));
        Assert.Equal(d, rates.Length);
        Assert.Equal(2 / (1 + kappa), rates[0], 1e-15);
        Assert.Equal(2 * kappa / (1 + kappa), rates[^1], 1e-15);
        for (int i = 0; i < d; i++) Assert.Equal(rates[0] + (rates[^1] - rates[0]) * i / (d - 1), rates[i], 1e-14);
        Assert.Equal(d, rates.Sum(), 1e-13);
    }

    [Fact]
    public void With_drift_mirror_images_pair_up_and_the_middle_stays_alone()
    {
        var mixture = new GaussianMixture(5, 1, 1, 4, 0.5, ModeDirection.Uniform);
        Assert.Equal([(0L, 4L), (1L, 3L), (2L, -1L)], mixture.AllBlocks.Select(b => (b.FirstIndex, b.SecondIndex)));
        Assert.Equal(1, mixture.AllBlocks[2].FirstRate);
        CoordinateBlock first = mixture.AllBlocks[0];
        Assert.Equal(0.5 * (1.6 - 0.4) / (2 * Math.Sqrt(1.6 * 0.4)), first.Coupling, 1e-15);
        // (I + Q) U with Q = q [[0, 1], [−1, 0]].
        Matrix2Tests.Close(new(0.4, first.Coupling * 1.6, -first.Coupling * 0.4, 1.6), first.Drift, 1e-15);
    }

    [Theory]
    [InlineData(ModeDirection.Slowest, new[] { 6.0, 0, 0, 0 })]
    [InlineData(ModeDirection.Fastest, new[] { 0.0, 0, 0, 6 })]
    [InlineData(ModeDirection.Uniform, new[] { 3.0, 3, 3, 3 })]
    public void The_mode_points_where_the_direction_says(ModeDirection direction, double[] expected)
    {
        foreach (double drift in new[] { 0, 0.5 })
            foreach (double kappa in new double[] { 1, 4 })
                Assert.Equal(expected, Modes(new GaussianMixture(4, 3, 1, kappa, drift, direction)));
    }

    [Fact]
    public void A_random_mode_is_the_normals_scaled_to_the_norm()
    {
        double[] modes = Modes(new GaussianMixture(5, 3, 1, 4, 0.5, ModeDirection.Random, MixtureCases.Normal));
        Assert.Equal(9 * 5, modes.Sum(m => m * m), 1e-12);
        double ratio = modes[0] / MixtureCases.Normal(0);
        Assert.True(ratio > 0);
        for (int i = 0; i < 5; i++) Assert.Equal(ratio * MixtureCases.Normal(i), modes[i], 1e-13);
    }

    [Fact]
    public void For_U_equal_to_I_one_projection_is_active_at_any_dimension_without_asking_for_the_mode()
    {
        var mixture = new GaussianMixture(
            1_000_000_000_000, 0.5, 1, 1, 3, ModeDirection.Random, _ => throw new InvalidOperationException("asked"));
        CoordinateBlock block = Assert.Single(mixture.ActiveBlocks);
        Assert.Equal(CoordinateBlock.Alone(0, 1, 500_000), block);
        Assert.Throws<InvalidOperationException>(() => mixture.AllBlocks);
    }

    [Theory]
    [InlineData(ModeDirection.Slowest, 0, 1, 0, -1)]
    [InlineData(ModeDirection.Fastest, 0, 1, 5, -1)]
    [InlineData(ModeDirection.Uniform, 0, 6, 0, -1)]
    [InlineData(ModeDirection.Slowest, 0.5, 1, 0, 5)]
    [InlineData(ModeDirection.Fastest, 0.5, 1, 0, 5)]
    [InlineData(ModeDirection.Random, 0.5, 3, 0, 5)]
    public void Only_blocks_with_weight_are_active(ModeDirection direction, double drift, int blocks, long first, long second)
    {
        var mixture = new GaussianMixture(6, 2, 1, 4, drift, direction, MixtureCases.Normal);
        Assert.Equal(blocks, mixture.ActiveBlocks.Length);
        Assert.Equal((first, second), (mixture.ActiveBlocks[0].FirstIndex, mixture.ActiveBlocks[0].SecondIndex));
        double weight = mixture.ActiveBlocks.Sum(b => b.FirstMode * b.FirstMode + b.SecondMode * b.SecondMode);
        Assert.Equal(mixture.ModeNorm * mixture.ModeNorm, weight, 1e-12);
    }

    [Fact]
    public void Active_blocks_and_all_blocks_give_the_same_signal_to_noise() => Prop.ForAll(MixtureCases.Any, mixture =>
    {
        foreach (double t in new[] { 0, 0.01, 0.4, 2, 6 })
        {
            double all = mixture.AllBlocks.Sum(b =>
            {
                var moments = new BlockMoments(b, mixture.Sigma, t);
                return moments.Mean.First * moments.Response.First + moments.Mean.Second * moments.Response.Second;
            });
            Assert.Equal(1, mixture.SignalToNoise(t) / all, 1e-9);
        }
    }).Check(Repeatable.Runs);

    [Fact]
    public void The_signal_to_noise_starts_at_the_ratio_of_squares_and_falls_as_stated() => Prop.ForAll(MixtureCases.Any, mixture =>
    {
        double previous = mixture.SignalToNoise(0);
        Assert.Equal(1, previous / Math.Pow(mixture.ModeNorm / mixture.Sigma, 2), 1e-12);
        for (double t = 0.05; t < 8; t += 0.31)
        {
            double rho = mixture.SignalToNoise(t);
            Assert.True(rho < previous);
            previous = rho;
            double difference = FiniteDifference.Slope(mixture.SignalToNoise, t, 2e-4);
            Assert.Equal(1, difference / mixture.SignalToNoiseSlope(t), 1e-5);
            Assert.Equal(mixture.SignalToNoiseSlope(t), -2 * mixture.ResponseNormSquared(t));
        }
    }).Check(Repeatable.Runs);

    [Fact]
    public void The_slope_of_the_response_is_that_of_finite_differences() => Prop.ForAll(MixtureCases.Any, mixture =>
    {
        foreach (double t in new[] { 0.05, 0.3, 1, 2.5 })
        {
            double difference = FiniteDifference.Slope(mixture.ResponseNormSquared, t, 2e-4);
            // Near its maximum the slope passes through 0.
            Assert.Equal(difference, mixture.Response(t).NormSquaredSlope, 1e-5 * (mixture.ResponseNormSquared(t) + Math.Abs(difference)));
        }
    }).Check(Repeatable.Runs);

    [Fact]
    public void Information_is_the_sum_of_log_determinants_and_the_class_bit() => Prop.ForAll(MixtureCases.Any, mixture =>
    {
        foreach (double t in new[] { 0.02, 0.3, 1.5, 4 })
        {
            double gaussian = mixture.AllBlocks.Sum(b =>
            {
                var moments = new BlockMoments(b, mixture.Sigma, t);
                return 0.5 * Math.Log(moments.Covariance.Determinant / moments.NoiseCovariance.Determinant);
            });
            Assert.Equal(gaussian, mixture.Information(t, withClass: false), 1e-11 * (1 + gaussian));
            double bit = Math.Log(2) - PosteriorMoments.ClassEntropy(mixture.SignalToNoise(t));
            Assert.Equal(gaussian + bit, mixture.Information(t, withClass: true), 1e-11 * (1 + gaussian));
        }
    }).Check(Repeatable.Runs);

    [Fact]
    public void The_slope_of_the_information_is_that_of_finite_differences() => Prop.ForAll(MixtureCases.Any, mixture =>
    {
        foreach (double t in new[] { 0.05, 0.3, 1.5, 4 })
        {
            double difference = FiniteDifference.Slope(s => mixture.Information(s, withClass: false), t, 2e-4 * t);
            Assert.Equal(1, difference / GaussianInformation.Of(mixture.Spectrum, mixture.Sigma, t).Slope, 1e-7);
        }
    }).Check(Repeatable.Runs);

    [Fact]
    public void For_U_equal_to_I_information_costs_nothing_at_any_dimension()
    {
        double expected = 0.5 * 1e12 * Math.Log(1 + 4 * Math.Exp(-2) / (1 - Math.Exp(-2)));
        Assert.Equal(1, MixtureCases.Isotropic(1_000_000_000_000, 1, 2).Information(1, false) / expected, 1e-12);
    }

    [Fact]
    public void Information_at_time_0_is_infinite_and_vanishes_at_large_times()
    {
        foreach (double drift in new[] { 0, 0.5 })
        {
            var mixture = new GaussianMixture(6, 1, 1, 4, drift, ModeDirection.Uniform);
            Assert.Equal(double.PositiveInfinity, mixture.Information(0, true));
            Assert.InRange(mixture.Information(60, true), 0, 1e-15);
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(4, 0)]
    [InlineData(4, 1)]
    public void Without_separation_there_is_one_block_and_no_signal(double stiffness, double drift)
    {
        foreach (ModeDirection direction in Enum.GetValues<ModeDirection>())
        {
            var mixture = new GaussianMixture(5, 0, 1, stiffness, drift, direction, MixtureCases.Normal);
            CoordinateBlock block = Assert.Single(mixture.ActiveBlocks);
            Assert.Equal((0.0, 0.0), (block.FirstMode, block.SecondMode));
            Assert.Equal(0, mixture.SignalToNoise(1));
            Assert.Equal(mixture.Information(1, false), mixture.Information(1, true), 1e-15);
        }
    }

    [Fact]
    public void Drift_has_no_effect_on_an_isotropic_process()
    {
        var drifting = new GaussianMixture(8, 1, 0.5, 1, 3, ModeDirection.Uniform);
        Assert.True(drifting.IsIsotropic);
        Assert.True(new GaussianMixture(1, 1, 0.5, 4, 3, ModeDirection.Uniform).IsIsotropic);
        Assert.Equal(8, drifting.AllBlocks.Count(b => !b.IsPair && b.FirstRate == 1));
    }

    [Fact]
    public void Mistakes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new GaussianMixture(3, 1, 1, 4, 0, ModeDirection.Random));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianMixture(0, 1, 1, 4, 0, ModeDirection.Slowest));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianMixture(3, -1, 1, 4, 0, ModeDirection.Slowest));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianMixture(3, 1, 0, 4, 0, ModeDirection.Slowest));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianMixture(3, 1, 1, 0.5, 0, ModeDirection.Slowest));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianMixture(3, 1, 1, 4, double.NaN, ModeDirection.Slowest));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianMixture(3, 1, 1, 4, 0, (ModeDirection)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => MixtureCases.Isotropic(3, 1).SignalToNoise(-1));
        Assert.Throws<ArgumentException>(() => new GaussianMixture(3, 1, 1, 4, 0, ModeDirection.Random, _ => 0).AllBlocks);
    }
}
