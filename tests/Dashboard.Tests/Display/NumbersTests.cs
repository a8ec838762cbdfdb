using Sweeps.Dashboard.Display;

namespace Sweeps.Dashboard.Tests.Display;

public class NumbersTests
{
    [Theory]
    [InlineData(2.77401, 0.0213, "2.774 ± 0.021")]
    [InlineData(2.77401, 0.21, "2.77 ± 0.21")]
    [InlineData(0.0123456, 0.00001, "0.01235 ± 0.00001")]
    [InlineData(4.0822, 0.000012, "4.082 ± 1E-05")]
    [InlineData(1234.5, 2.4, "1234 ± 2")]
    [InlineData(0.0, 0.02, "0.000 ± 0.020")]
    [InlineData(-2.5, 30.0, "-2 ± 30")]
    [InlineData(2.77401, null, "2.774")]
    [InlineData(2.77401, 0.0, "2.774")]
    public void A_value_stands_beside_its_error_at_the_same_decimal(double value, double? error, string text) =>
        Assert.Equal(text, Numbers.WithError(value, error));

    [Theory]
    [InlineData(0.001, "under 0.01 s")]
    [InlineData(0.25, "0.25 s")]
    [InlineData(59, "59 s")]
    [InlineData(61, "1 min 1 s")]
    [InlineData(7200, "2 h")]
    [InlineData(12000, "3 h 20 min")]
    [InlineData(200000, "2 d 7 h")]
    [InlineData(1e9, "31.7 years")]
    public void Durations_have_two_units_at_most(double seconds, string text) => Assert.Equal(text, Numbers.Duration(seconds));

    [Theory]
    [InlineData(999, "999")]
    [InlineData(10_000_000, "10 000 000")]
    public void Counts_have_spaces(long count, string text) => Assert.Equal(text, Numbers.Count(count));

    [Theory]
    [InlineData(0.1)]
    [InlineData(1.0 / 3)]
    [InlineData(5e-324)]
    public void Exact_numbers_read_back(double value) =>
        Assert.Equal(value, double.Parse(Numbers.Exact(value), System.Globalization.CultureInfo.InvariantCulture));
}
