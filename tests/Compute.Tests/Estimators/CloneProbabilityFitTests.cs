using Sweeps.Compute.Estimators;
using Sweeps.Compute.Theory;

namespace Sweeps.Compute.Tests.Estimators;

public class CloneProbabilityFitTests
{
    private const double Centre = 3, Scale = 0.5;
    private static readonly double[] Times = [.. Enumerable.Range(0, 16).Select(i => Centre - 0.8 + 1.4 * i / 15)];

    [Theory]
    [InlineData(0, -1, 0)]
    [InlineData(0.1, -1.2, 0.1)]
    [InlineData(-0.2, -0.8, -0.15)]
    [InlineData(0.3, -1, 0.05)]
    public void Noise_free_counts_give_the_polynomial_back(double a, double b, double c)
    {
        double[] same = [.. Times.Select(t => 1000 * PosteriorMoments.CloneProbability(Math.Exp(Log(t))))];
        double[] coefficients = CloneProbabilityFit.Start();
        double time = new CloneProbabilityFit(Times, Centre, Scale).Crossing(same, 1000, coefficients)!.Value;
        Assert.Equal([a, b, c], coefficients, (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal(0, Log(time), 1e-6);
        Assert.True(Log(time + 1e-3) < 0);

        double Log(double t) => a + (t - Centre) / Scale * (b + c * (t - Centre) / Scale);
    }

    [Fact]
    public void Five_times_are_fitted_by_a_straight_line()
    {
        double[] times = [2.4, 2.7, 3, 3.3, 3.6];
        double[] same = [.. times.Select(t => 1000 * PosteriorMoments.CloneProbability(Math.Exp(0.1 - (t - Centre) / Scale)))];
        double[] coefficients = CloneProbabilityFit.Start();
        Assert.Equal(3.05, new CloneProbabilityFit(times, Centre, Scale).Crossing(same, 1000, coefficients)!.Value, 1e-6);
        Assert.Equal(0, coefficients[2]);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.5)]
    [InlineData(0.0)]
    [InlineData(0.9)]
    public void Counts_without_a_crossing_give_null(double share)
    {
        double[] same = [.. Times.Select(_ => 1000 * share)];
        Assert.Null(new CloneProbabilityFit(Times, Centre, Scale).Crossing(same, 1000, CloneProbabilityFit.Start()));
    }

    [Fact]
    public void A_rising_probability_has_no_crossing()
    {
        double[] same = [.. Times.Select(t => 1000 * PosteriorMoments.CloneProbability(Math.Exp((t - Centre) / Scale)))];
        Assert.Null(new CloneProbabilityFit(Times, Centre, Scale).Crossing(same, 1000, CloneProbabilityFit.Start()));
    }

    [Fact]
    public void A_step_from_certain_to_even_does_not_throw()
    {
        double[] same = [.. Times.Select(t => t < Centre ? 1000.0 : 500)];
        double? time = new CloneProbabilityFit(Times, Centre, Scale).Crossing(same, 1000, CloneProbabilityFit.Start());
        if (time is double t) Assert.InRange(t, Times[7], Times[9]);
    }

    [Fact]
    public void A_crossing_beyond_the_branch_times_is_not_reported()
    {
        double[] same = [.. Times.Select(t => 1000 * PosteriorMoments.CloneProbability(Math.Exp(2 - (t - Centre) / Scale)))];
        Assert.Null(new CloneProbabilityFit(Times, Centre, Scale).Crossing(same, 1000, CloneProbabilityFit.Start()));
    }

    [Fact]
    public void One_time_says_nothing() =>
        Assert.Null(new CloneProbabilityFit([3.0], Centre, Scale).Crossing([775], 1000, CloneProbabilityFit.Start()));

    [Fact]
    public void Failure_leaves_the_start_as_it_was()
    {
        double[] coefficients = CloneProbabilityFit.Start();
        Assert.Null(new CloneProbabilityFit([3.0], Centre, Scale).Crossing([775], 1000, coefficients));
        Assert.Equal(CloneProbabilityFit.Start(), coefficients);
    }
}
