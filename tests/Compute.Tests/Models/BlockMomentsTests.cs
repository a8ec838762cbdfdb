using FsCheck;
using FsCheck.Fluent;
using Sweeps.Compute.Models;
using Sweeps.Properties;

namespace Sweeps.Compute.Tests.Models;

public class BlockMomentsTests
{
    public static TheoryData<double, double> StiffnessAndDrift
    {
        get
        {
            var cases = new TheoryData<double, double>();
            foreach (double kappa in new[] { 1.01, 4, 16, 64, 1000 })
                foreach (double gamma in new[] { 1e-6, 0.3, 0.5, 0.9999, 0.99999999, 1, 1.00000001, 1.0001, 1.5, 5 })
                    cases.Add(kappa, gamma);
            return cases;
        }
    }

    private static CoordinateBlock Pair(double kappa, double gamma) =>
        new GaussianMixture(2, 1, 1, kappa, gamma, ModeDirection.Uniform).ActiveBlocks[0];

    [Theory]
    [MemberData(nameof(StiffnessAndDrift))]
    public void E_and_Sigma_of_a_pair_solve_their_differential_equations(double kappa, double gamma)
    {
        CoordinateBlock block = Pair(kappa, gamma);
        foreach (double t in new[] { 1e-6, 1e-3, 0.05, 0.7, 3, 10 })
        {
            // A step of 1/100 of the fastest rate's time leaves errors below 1e-10; small times need no more than 50 steps.
            int steps = 50 + (int)(400 * t * (1 + gamma));
            (Matrix2 e, Matrix2 noise) = MomentFlow.Integrate(block.Drift, t, steps);
            var moments = new BlockMoments(block, 0.7, t);
            double scale = 1 + block.Coupling;
            Matrix2Tests.Close(e, moments.Propagator, 1e-9 * scale);
            Matrix2Tests.Close(noise, moments.NoiseCovariance, 1e-9 * noise.Trace);
            Assert.Equal(1, moments.NoiseCovariance.A11 / noise.A11, 1e-9);
            Assert.Equal(1, moments.NoiseCovariance.A22 / noise.A22, 1e-9);
            Matrix2Tests.Close(noise + 0.49 * (e * e.Transpose()), moments.Covariance, 1e-8 * scale * scale);
        }
    }

    [Theory]
    [MemberData(nameof(StiffnessAndDrift))]
    public void The_noise_at_tiny_times_keeps_nine_digits(double kappa, double gamma)
    {
        CoordinateBlock block = Pair(kappa, gamma);
        Matrix2 a = block.Drift;
        foreach (double t in new[] { 1e-9, 1e-6, 1e-5 })
        {
            // Σ = 2t I − t² (A + Aᵀ) + (t³/3)(A² + 2AAᵀ + Aᵀ²) + O(t⁴), the last below 1e-12 relative here.
            Matrix2 at = a.Transpose();
            Matrix2 series = 2 * t * Matrix2.Identity - t * t * (a + at) + t * t * t / 3 * (a * a + 2 * (a * at) + at * at);
            Matrix2 noise = new BlockMoments(block, 1, t).NoiseCovariance;
            double remainder = t * t * t * Math.Pow(2 + block.Coupling * block.SecondRate, 3);
            Assert.Equal(1, noise.A11 / series.A11, 1e-9 + remainder);
            Assert.Equal(1, noise.A22 / series.A22, 1e-9 + remainder);
            Assert.InRange(Math.Abs(noise.A12 - series.A12), 0, 1e-9 * Math.Abs(series.A12) + t * remainder);
            Assert.Equal(noise.A12, noise.A21);
        }
    }

    [Theory]
    [MemberData(nameof(StiffnessAndDrift))]
    public void The_stationary_law_is_U_inverse_whatever_Q(double kappa, double gamma)
    {
        CoordinateBlock block = Pair(kappa, gamma);
        Matrix2 a = block.Drift, stationary = Matrix2.Diagonal(1 / block.FirstRate, 1 / block.SecondRate);
        Matrix2Tests.Close(2 * Matrix2.Identity, a * stationary + stationary * a.Transpose(), 1e-14 * (1 + block.Coupling));
        double t = 40 / block.FirstRate;
        Matrix2Tests.Close(stationary, new BlockMoments(block, 1, t).NoiseCovariance, 1e-12 * stationary.A11);
    }

    [Theory]
    [MemberData(nameof(StiffnessAndDrift))]
    public void All_rates_have_real_part_1_from_drift_1_on(double kappa, double gamma)
    {
        Matrix2 a = Pair(kappa, gamma).Drift;
        Assert.Equal(2, a.Trace, 1e-15);
        double discriminant = a.Trace * a.Trace / 4 - a.Determinant;
        double slowest = a.Trace / 2 - Math.Sqrt(Math.Max(0, discriminant));
        if (gamma >= 1) Assert.Equal(1, slowest, 1e-7);
        else Assert.True(slowest < 1);
        double half = (kappa - 1) / (kappa + 1);
        Assert.Equal(half * half * (1 - gamma * gamma), discriminant, 1e-13 * (1 + gamma * gamma));
    }

    [Fact]
    public void Both_covariances_are_symmetric_positive_definite_at_every_positive_time() => Prop.ForAll(
        MixtureCases.Any,
        Gen.Choose(-600, 150).Select(k => Math.Pow(10, k / 100.0)).ToArbitrary(),
        (mixture, t) =>
        {
            foreach (CoordinateBlock block in mixture.AllBlocks)
            {
                var moments = new BlockMoments(block, mixture.Sigma, t);
                foreach (Matrix2 m in new[] { moments.NoiseCovariance, moments.Covariance })
                    Assert.True(m.A11 > 0 && m.A22 > 0 && m.Determinant > 0 && m.A12 == m.A21, $"{m} at t = {t}");
            }
        }).Check(Repeatable.Runs);

    [Fact]
    public void Propagators_compose()
    {
        CoordinateBlock block = Pair(64, 0.8);
        Matrix2 one = new BlockMoments(block, 1, 0.4).Propagator, two = new BlockMoments(block, 1, 1.7).Propagator;
        Matrix2Tests.Close(new BlockMoments(block, 1, 2.1).Propagator, one * two, 1e-13);
    }

    [Fact]
    public void A_single_coordinate_has_the_usual_moments_and_an_inert_second_row()
    {
        var moments = new BlockMoments(CoordinateBlock.Alone(3, 0.8, 5), 2, 0.6);
        double decay = Math.Exp(-0.48), noise = (1 - Math.Exp(-0.96)) / 0.8, spread = noise + 4 * Math.Exp(-0.96);
        Matrix2Tests.Close(Matrix2.Diagonal(decay, 1), moments.Propagator, 1e-15);
        Matrix2Tests.Close(Matrix2.Diagonal(noise, 1), moments.NoiseCovariance, 1e-15);
        Matrix2Tests.Close(Matrix2.Diagonal(spread, 1), moments.Covariance, 1e-15);
        Assert.Equal(5 * decay, moments.Mean.First, 1e-15);
        Assert.Equal(5 * decay / spread, moments.Response.First, 1e-15);
        Assert.Equal((0.0, 0.0), (moments.Mean.Second, moments.Response.Second));
        Assert.Equal(new Matrix2(0.8, 0, 0, 0), moments.Drift);
    }

    [Fact]
    public void The_mean_follows_E_and_the_response_solves_for_it()
    {
        var block = new GaussianMixture(2, 3, 0.5, 9, 0.7, ModeDirection.Random, MixtureCases.Normal).ActiveBlocks[0];
        var moments = new BlockMoments(block, 0.5, 0.9);
        Assert.Equal(moments.Propagator * (block.FirstMode, block.SecondMode), moments.Mean);
        (double first, double second) = moments.Covariance * moments.Response;
        Assert.Equal(moments.Mean.First, first, 1e-13);
        Assert.Equal(moments.Mean.Second, second, 1e-13);
    }

    [Fact]
    public void At_time_0_nothing_has_happened()
    {
        var moments = new BlockMoments(Pair(16, 0.5), 0.3, 0);
        Assert.Equal(Matrix2.Identity, moments.Propagator);
        Matrix2Tests.Close(default, moments.NoiseCovariance, 0);
        Matrix2Tests.Close(Matrix2.Diagonal(0.09, 0.09), moments.Covariance, 1e-16);
    }
}
