using Sweeps.Compute.Tests.Models;
using Sweeps.Compute.Theory;

namespace Sweeps.Compute.Tests.Theory;

public class PosteriorMomentsTests
{
    public static TheoryData<double> SignalsToNoise =>
        [1e-12, 1e-6, 1e-3, 0.03, 0.2499999, 0.25, 0.3, 0.7, 1, 1.5083, 2.5, 5, 12, 40, 150, 600];

    [Theory]
    [MemberData(nameof(SignalsToNoise))]
    public void All_averages_agree_with_brute_force_quadrature(double rho)
    {
        double sech2 = Integrals.Average(rho, Integrals.Sech2);
        double sech4 = Integrals.Average(rho, y => Integrals.Sech2(y) * Integrals.Sech2(y));
        Assert.Equal(sech2, PosteriorMoments.MeanSech2(rho), 1e-11);
        Assert.Equal(-sech4, PosteriorMoments.MeanSech2Slope(rho), 1e-11);
        Assert.Equal(1 - sech2 / 2, PosteriorMoments.CloneProbability(rho), 1e-11);
        Assert.Equal(sech4 / 2, PosteriorMoments.CloneProbabilitySlope(rho), 1e-11);
        Assert.Equal(Integrals.Average(rho, Integrals.BinaryEntropy), PosteriorMoments.ClassEntropy(rho), 1e-11);
    }

    [Fact]
    public void The_clone_probability_is_the_chance_that_two_copies_agree()
    {
        double agree = Integrals.Average(1.3, y =>
        {
            double p = 1 / (1 + Math.Exp(-2 * y));
            return p * p + (1 - p) * (1 - p);
        });
        Assert.Equal(agree, PosteriorMoments.CloneProbability(1.3), 1e-11);
    }

    [Fact]
    public void The_Landau_criterion_has_the_published_clone_probability_and_entropy()
    {
        Assert.Equal(0.77520025, PosteriorMoments.SpeciationCloneProbability, 5e-9);
        Assert.Equal(0.51405585, PosteriorMoments.ClassEntropy(1) / Math.Log(2), 5e-9);
    }

    [Theory]
    [MemberData(nameof(SignalsToNoise))]
    public void Slopes_are_those_of_finite_differences(double rho)
    {
        double h = 1e-4 * rho;
        double tolerance = 1e-9 + 4e-16 / h;
        Assert.Equal(FiniteDifference.Slope(PosteriorMoments.MeanSech2, rho, h), PosteriorMoments.MeanSech2Slope(rho), tolerance);
        Assert.Equal(FiniteDifference.Slope(PosteriorMoments.ClassEntropy, rho, h), -0.5 * PosteriorMoments.MeanSech2(rho), tolerance);
    }

    [Fact]
    public void Far_tails_keep_their_relative_accuracy()
    {
        // E sech² y → e^{−ρ/2}/√(2πρ) · ∫ sech y dy (1 − ⟨y²⟩/2ρ + ⟨y⁴⟩/8ρ² …), with ⟨y²⟩ = π²/4 and ⟨y⁴⟩ = 5π⁴/16 under sech y.
        double rho = 1000, pi2 = Math.PI * Math.PI;
        double series = Math.PI * (1 - pi2 / 8 / rho + 5 * pi2 * pi2 / 128 / (rho * rho));
        Assert.Equal(1, PosteriorMoments.MeanSech2(rho) / (Math.Exp(-rho / 2) / Math.Sqrt(2 * Math.PI * rho) * series), 1e-7);
    }

    [Fact]
    public void The_ends_are_exact()
    {
        Assert.Equal(1, PosteriorMoments.MeanSech2(0));
        Assert.Equal(0.5, PosteriorMoments.CloneProbability(0));
        Assert.Equal(Math.Log(2), PosteriorMoments.ClassEntropy(0));
        Assert.Equal(1, PosteriorMoments.CloneProbability(double.PositiveInfinity));
        Assert.Equal(0, PosteriorMoments.ClassEntropy(double.PositiveInfinity));
        Assert.Equal(1, PosteriorMoments.MeanSech2(double.Epsilon), 1e-12);
    }

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(double.NaN)]
    public void A_negative_signal_to_noise_is_refused(double rho) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PosteriorMoments.CloneProbability(rho));
}
