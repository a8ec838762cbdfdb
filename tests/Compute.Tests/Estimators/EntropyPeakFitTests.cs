using Sweeps.Compute.Estimators;

namespace Sweeps.Compute.Tests.Estimators;

public class EntropyPeakFitTests
{
    private static readonly double[] Times = [.. Enumerable.Range(0, 25).Select(i => 2.4 + 1.2 * i / 24)];

    [Theory]
    [InlineData(3.0, 0)]
    [InlineData(2.7, 0.8)]
    [InlineData(3.3, -0.8)]
    public void A_log_cubic_gives_its_maximum(double peak, double skew)
    {
        double[] rates = [.. Times.Select(t => Math.Exp(0.3 - 2 * (t - peak) * (t - peak) + skew * Math.Pow(t - peak, 3)))];
        Assert.Equal(peak, new EntropyPeakFit(Times).Peak(rates)!.Value, 1e-8);
    }

    [Fact]
    public void Five_uneven_times_are_enough_and_four_are_refused()
    {
        double[] times = [2, 2.3, 2.4, 3, 3.5];
        Assert.Equal(2.8, new EntropyPeakFit(times).Peak([.. times.Select(t => Math.Exp(-(t - 2.8) * (t - 2.8)))])!.Value, 1e-8);
        Assert.Throws<ArgumentOutOfRangeException>(() => new EntropyPeakFit(times.AsSpan(0, 4)));
    }

    [Fact]
    public void An_edge_a_valley_and_a_rate_of_0_give_null()
    {
        var fit = new EntropyPeakFit(Times);
        Assert.Null(fit.Peak([.. Times.Select(t => Math.Exp(t))]));
        Assert.Null(fit.Peak([.. Times.Select(t => Math.Exp(-t))]));
        Assert.Null(fit.Peak([.. Times.Select(t => Math.Exp((t - 3) * (t - 3)))]));
        Assert.Null(fit.Peak([.. Times.Select((t, i) => i == 7 ? 0 : Math.Exp(-(t - 3) * (t - 3)))]));
        Assert.Null(fit.Peak([.. Times.Select((t, i) => i == 7 ? double.NaN : Math.Exp(-(t - 3) * (t - 3)))]));
    }

    [Fact]
    public void A_constant_rate_has_no_peak() => Assert.Null(new EntropyPeakFit(Times).Peak([.. Times.Select(_ => 1.0)]));
}
