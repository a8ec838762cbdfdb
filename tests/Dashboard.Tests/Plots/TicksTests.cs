using FsCheck;
using FsCheck.Fluent;
using Sweeps.Dashboard.Plots;
using Sweeps.Properties;
using Interval = Sweeps.Dashboard.Plots.Interval;

namespace Sweeps.Dashboard.Tests.Plots;

public class TicksTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(-7.3, -7.2)]
    [InlineData(-0.04, 1.54)]
    [InlineData(1e-12, 3e-12)]
    [InlineData(-4e250, 7e250)]
    [InlineData(1000000.001, 1000000.002)]
    [InlineData(2e-290, 5e-290)]
    [InlineData(12345, 98765)]
    public void Linear_ticks_are_round_evenly_spaced_and_inside(double low, double high)
    {
        Interval range = new(low, high);
        IReadOnlyList<Tick>[] candidates = [.. Ticks.Linear(range, Ticks.Exponent(range))];

        Assert.NotEmpty(candidates);
        foreach (IReadOnlyList<Tick> ticks in candidates)
        {
            double[] majors = [.. ticks.Where(t => t.IsMajor).Select(t => t.At)];
            Assert.InRange(majors.Length, 2, 14);
            Assert.All(ticks, t => Assert.InRange(t.At, low, high));
            double step = majors[1] - majors[0], largest = Math.Max(Math.Abs(low), Math.Abs(high));
            // Far from zero the ticks themselves are rounded to doubles.
            double tolerance = 1e-6 * step + 4 * (Math.BitIncrement(largest) - largest);
            Assert.All(majors.Zip(majors.Skip(1)), pair => Assert.Equal(step, pair.Second - pair.First, tolerance));
            double leading = step / Math.Pow(10, Math.Floor(Math.Log10(step + tolerance)));
            Assert.Contains(new[] { 1.0, 2, 5 }, digit => Math.Abs(leading - digit) < 1e-5 * digit + tolerance / step * digit);
            Assert.Equal(majors.Length, ticks.Where(t => t.IsMajor).Select(t => t.Label).Distinct().Count());
        }
    }

    [Fact]
    public void Linear_labels_are_the_ticks_themselves_for_any_range()
    {
        Gen<(double Low, double High)> ranges = from middle in Gen.Choose(-100_000, 100_000)
                                                from width in Gen.Choose(1, 1_000_000)
                                                from power in Gen.Choose(-9, 9)
                                                select (middle * Math.Pow(10, power), middle * Math.Pow(10, power)
                                                    + width * Math.Pow(10, power));
        Prop.ForAll(ranges.ToArbitrary(), ends =>
        {
            Interval range = new(ends.Low, ends.High);
            int exponent = Ticks.Exponent(range);
            double unit = Math.Pow(10, exponent);
            return Ticks.Linear(range, exponent).Any() && Ticks.Linear(range, exponent).All(ticks => ticks.Where(t => t.IsMajor).All(t =>
                Math.Abs(double.Parse(t.Label.Replace('−', '-'),
                    System.Globalization.CultureInfo.InvariantCulture) * unit - t.At) < 1e-9 * (Math.Abs(t.At) + range.Length)));
        }).Check(Repeatable.Runs);
    }

    [Fact]
    public void A_range_that_crosses_zero_has_a_plain_zero_and_true_minus_signs()
    {
        string[] labels = [.. Ticks.Linear(new(-1, 1), 0).Last().Where(t => t.IsMajor).Select(t => t.Label)];

        Assert.Contains("0", labels);
        Assert.Contains(labels, label => label.StartsWith('−'));
        Assert.DoesNotContain(labels, label => label.Contains('-'));
    }

    [Fact]
    public void Decades_are_labelled_and_what_lies_between_is_minor()
    {
        IReadOnlyList<Tick> ticks = Ticks.Logarithmic(new(100, 1e5)).First();

        Assert.Equal(["10²", "10³", "10⁴", "10⁵"], ticks.Where(t => t.IsMajor).Select(t => t.Label));
        Assert.Equal([100, 1000, 1e4, 1e5], ticks.Where(t => t.IsMajor).Select(t => t.At));
        Assert.Equal(3 * 8, ticks.Count(t => !t.IsMajor));
    }

    [Fact]
    public void A_short_span_of_decades_is_written_plainly_with_ones_twos_and_fives() =>
        Assert.Equal(["20", "50", "100", "200", "500"], Ticks.Logarithmic(new(16, 512)).First().Where(t => t.IsMajor).Select(t => t.Label));

    [Theory]
    [InlineData(3.1, 3.3)]
    [InlineData(0.9, 4)]
    [InlineData(1e-8, 1e7)]
    [InlineData(1e-200, 1e200)]
    public void Logarithmic_ticks_lie_inside_with_at_least_two_labels(double low, double high)
    {
        IReadOnlyList<Tick>[] candidates = [.. Ticks.Logarithmic(new(low, high))];

        Assert.True(candidates[0].Count(t => t.IsMajor) >= 2);
        Assert.All(candidates.SelectMany(ticks => ticks), t => Assert.InRange(t.At, low, high));
    }

    [Fact]
    public void A_logarithmic_axis_refuses_zero() => Assert.Throws<ArgumentException>(() => Ticks.Logarithmic(new(0, 1)).ToList());

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(-1e-9)]
    [InlineData(1e300)]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    public void A_single_value_gets_a_range_with_ticks(double value)
    {
        Interval range = Interval.Around([value])!.Value;

        Assert.True(range.Low < range.High);
        Assert.NotEmpty(Ticks.Linear(range, Ticks.Exponent(range)));
    }

    [Fact]
    public void No_finite_value_means_no_range() => Assert.Null(Interval.Around([double.NaN, double.PositiveInfinity]));
}
