using FsCheck;
using FsCheck.Fluent;
using Sweeps.Compute.Theory;
using Sweeps.Properties;

namespace Sweeps.Compute.Tests.Theory;

public class ErrorFunctionTests
{
    // Digits: Abramowitz and Stegun, table 7.1 and beyond, from 30-digit arithmetic.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-8, 1.1283791670955125e-8)]
    [InlineData(0.1, 0.1124629160182848922)]
    [InlineData(0.5, 0.5204998778130465377)]
    [InlineData(1, 0.8427007929497148693)]
    [InlineData(1.4999, 0.9660932516622952706)]
    [InlineData(1.5, 0.9661051464753107271)]
    [InlineData(2, 0.9953222650189527342)]
    [InlineData(3, 0.9999779095030014146)]
    public void Erf_agrees_with_known_values_and_is_odd(double x, double erf)
    {
        Assert.Equal(erf, ErrorFunction.Erf(x), 1e-14);
        Assert.Equal(-erf, ErrorFunction.Erf(-x), 1e-14);
        Assert.Equal(1 - erf, ErrorFunction.Erfc(x), 1e-14);
        Assert.Equal(1 + erf, ErrorFunction.Erfc(-x), 1e-14);
    }

    [Theory]
    [InlineData(1.5, 0.0338948535246892729)]
    [InlineData(2, 0.0046777349810472658)]
    [InlineData(4, 1.541725790028001885e-8)]
    [InlineData(6, 2.1519736712498913e-17)]
    [InlineData(10, 2.0884875837625447570e-45)]
    public void The_tail_keeps_relative_accuracy(double x, double erfc) => Assert.Equal(1, ErrorFunction.Erfc(x) / erfc, 1e-13);

    [Fact]
    public void Values_join_where_the_two_forms_meet()
    {
        double below = ErrorFunction.Erfc(Math.BitDecrement(1.5)), above = ErrorFunction.Erfc(1.5);
        Assert.Equal(above, below, 1e-15);
    }

    [Fact]
    public void The_inverse_undoes_erf() => Prop.ForAll(
        Gen.Choose(-2_000_000, 2_000_000).Select(k => k * 1e-6).ToArbitrary(),
        x => Math.Abs(ErrorFunction.InverseErf(ErrorFunction.Erf(x)) - x) <= 2e-15 * Math.Exp(x * x)).Check(Repeatable.Runs);

    [Fact]
    public void The_inverse_of_the_ends_is_infinite_and_beyond_them_refused()
    {
        Assert.Equal(double.PositiveInfinity, ErrorFunction.InverseErf(1));
        Assert.Equal(double.NegativeInfinity, ErrorFunction.InverseErf(-1));
        Assert.Equal(0, ErrorFunction.InverseErf(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ErrorFunction.InverseErf(1.0000001));
        Assert.Throws<ArgumentOutOfRangeException>(() => ErrorFunction.InverseErf(double.NaN));
    }
}
