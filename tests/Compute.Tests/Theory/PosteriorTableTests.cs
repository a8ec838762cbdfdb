using Sweeps.Compute.Theory;

namespace Sweeps.Compute.Tests.Theory;

public class PosteriorTableTests
{
    // An irrational-looking step, so that every place inside the cells is met; beyond both ends too.
    private static IEnumerable<double> Positions()
    {
        for (double x = -16; x < 8; x += 0.0031831) yield return x;
    }

    [Fact]
    public void The_clone_probability_is_within_1e_8_and_its_slope_within_1e_7()
    {
        double worst = 0, worstSlope = 0;
        foreach (double x in Positions())
        {
            double rho = Math.Exp(x);
            double value = PosteriorTable.CloneProbability(x, out double slope);
            worst = Math.Max(worst, Math.Abs(value - PosteriorMoments.CloneProbability(rho)));
            worstSlope = Math.Max(worstSlope, Math.Abs(slope - rho * PosteriorMoments.CloneProbabilitySlope(rho)));
        }
        Assert.InRange(worst, 0, 1e-8);
        Assert.InRange(worstSlope, 0, 1e-7);
    }

    [Fact]
    public void The_logarithm_of_E_sech2_and_its_slope_are_within_1e_7_relative_to_its_size()
    {
        double worst = 0, worstSlope = 0;
        foreach (double x in Positions().Where(x => x < PosteriorTable.High))
        {
            double rho = Math.Exp(x), exact = PosteriorMoments.MeanSech2(rho);
            double value = PosteriorTable.LogMeanSech2(x, out double slope);
            worst = Math.Max(worst, Math.Abs(value - Math.Log(exact)) / (1 + rho));
            worstSlope = Math.Max(worstSlope, Math.Abs(slope - rho * PosteriorMoments.MeanSech2Slope(rho) / exact) / (1 + rho));
        }
        Assert.InRange(worst, 0, 1e-8);
        Assert.InRange(worstSlope, 0, 1e-7);
    }

    [Fact]
    public void Far_outside_the_asymptotes_are_met()
    {
        Assert.Equal(0.5, PosteriorTable.CloneProbability(double.NegativeInfinity, out double low));
        Assert.Equal(0, low);
        Assert.Equal(1, PosteriorTable.CloneProbability(double.PositiveInfinity, out double high));
        Assert.Equal(0, high);
        Assert.Equal(double.NegativeInfinity, PosteriorTable.LogMeanSech2(20, out _));
        Assert.Equal(0, PosteriorTable.LogMeanSech2(double.NegativeInfinity, out _));
    }

    [Fact]
    public void Not_a_number_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => PosteriorTable.CloneProbability(double.NaN));
}
