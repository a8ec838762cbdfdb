using Sweeps.Compute.Models;

namespace Sweeps.Compute.Tests.Models;

public class NearZeroTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1e-300)]
    [InlineData(-1e-18)]
    [InlineData(1e-12)]
    [InlineData(-3e-7)]
    [InlineData(1e-4)]
    public void Near_zero_the_series_are_met(double x)
    {
        Assert.Equal(x + x * x / 2 + x * x * x / 6 + x * x * x * x / 24, NearZero.Expm1(x), 2e-15 * Math.Abs(x));
        Assert.Equal(x - x * x / 2 + x * x * x / 3 - x * x * x * x / 4, NearZero.Log1p(x), 2e-15 * Math.Abs(x));
    }

    [Theory]
    [InlineData(-40)]
    [InlineData(-0.7)]
    [InlineData(0.4999)]
    [InlineData(0.5001)]
    [InlineData(30)]
    public void Far_from_zero_the_plain_forms_are_met(double x)
    {
        Assert.Equal(1, NearZero.Expm1(x) / (Math.Exp(x) - 1), 1e-14);
        if (x > -1) Assert.Equal(1, NearZero.Log1p(x) / Math.Log(1 + x), 1e-14);
    }

    [Fact]
    public void Limits_are_met()
    {
        Assert.Equal(-1, NearZero.Expm1(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, NearZero.Log1p(double.PositiveInfinity));
        Assert.Equal(double.NegativeInfinity, NearZero.Log1p(-1));
    }
}
