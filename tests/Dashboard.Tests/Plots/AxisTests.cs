using FsCheck;
using FsCheck.Fluent;
using Sweeps.Dashboard.Plots;
using Sweeps.Properties;
using Interval = Sweeps.Dashboard.Plots.Interval;

namespace Sweeps.Dashboard.Tests.Plots;

public class AxisTests
{
    [Fact]
    public void Cell_edges_lie_at_midpoints_and_as_far_outside_as_inside() =>
        Assert.Equal([0.5, 1.5, 3.0, 5.0], new GridAxis(PlotAxis.Numbers("x", "1", [4, 1, 2])).Edges.ToArray());

    [Fact]
    public void On_a_log_axis_edges_are_geometric_means()
    {
        Interval range = HeatMap.RangeOf(PlotAxis.Numbers("n", "1", [100, 1000, 10_000]))!.Value;

        Assert.Equal(100 / Math.Sqrt(10), range.Low, 9);
        Assert.Equal(10_000 * Math.Sqrt(10), range.High, 6);
        GridAxis axis = new(PlotAxis.Numbers("n", "1", [100, 1000, 10_000]));
        Assert.Equal(Math.Sqrt(100 * 1000), Math.Pow(10, axis.Edges[1]), 9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-2)]
    public void A_single_value_has_a_cell_around_it(double value)
    {
        GridAxis axis = new(PlotAxis.Numbers("x", "1", [value]));

        Assert.True(axis.Edges[0] < value && value < axis.Edges[1]);
        Assert.Equal(value, Assert.Single(axis.TicksAtValues()!).At);
    }

    [Fact]
    public void Scales_are_guessed_from_the_spacing()
    {
        Assert.Equal(AxisScale.Logarithmic, PlotAxis.Numbers("n", "1", [100, 1000, 10_000]).Scale);
        Assert.Equal(AxisScale.Logarithmic, PlotAxis.Numbers("d", "1", [512, 64, 128, 256]).Scale);
        Assert.Equal(AxisScale.Linear, PlotAxis.Numbers("x", "1", [0.1, 0.5, 0.9, 1.3]).Scale);
        Assert.Equal(AxisScale.Linear, PlotAxis.Numbers("x", "1", [0, 10, 100, 1000]).Scale);
        Assert.Equal(AxisScale.Linear, PlotAxis.Numbers("x", "1", []).Scale);
    }

    [Fact]
    public void Bad_axis_values_are_refused_by_name()
    {
        Assert.Contains("'n'", Assert.Throws<ArgumentException>(() => PlotAxis.Numbers("n", "1", [1, double.NaN])).Message);
        Assert.Contains("'n'", Assert.Throws<ArgumentException>(() => PlotAxis.Numbers("n", "1", [0, 1], AxisScale.Logarithmic)).Message);
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => new GridAxis(PlotAxis.Numbers("n", "1", [1, 2, 1]))).Message);
    }

    [Theory]
    [InlineData("1", 0, "separation μ")]
    [InlineData("", 0, "separation μ")]
    [InlineData("OU time", 0, "separation μ [OU time]")]
    [InlineData("s", 5, "separation μ [10⁵ s]")]
    [InlineData("1", -4, "separation μ [10⁻⁴]")]
    public void Units_stand_in_brackets_and_dimensionless_labels_have_none(string unit, int exponent, string expected) =>
        Assert.Equal(expected, AxisTitle.Of("separation μ", unit, exponent));

    [Fact]
    public void Labels_keep_apart_on_any_axis_of_numbers()
    {
        var cases = from low in Gen.Choose(-10_000, 10_000)
                    from width in Gen.Choose(1, 100_000)
                    from power in Gen.Choose(-8, 8)
                    from length in Gen.Choose(30, 500)
                    from isLog in Gen.Elements(true, false)
                    select (Low: low * Math.Pow(10, power), High: (low + width) * Math.Pow(10, power), Length: (double)length, isLog);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            double decades = Math.Log10(1 + Math.Abs(c.Low));
            Axis axis = c.isLog ? new LogAxis(new(decades, decades + Math.Min(c.High - c.Low, 30))) : new LinearAxis(new(c.Low, c.High));
            AxisLayout below = AxisLayout.Horizontal(axis, "x", null, c.Length, c.Length, PlotTheme.Light);
            AxisLayout beside = AxisLayout.Vertical(axis, "y", null, c.Length, PlotTheme.Light);
            return KeepApart(below, axis, c.Length, t => TextMetrics.Width(t.Label, PlotTheme.Light.SmallType))
                && KeepApart(beside, axis, c.Length, _ => PlotTheme.Light.SmallType * 0.75)
                && below.Ticks.Any(t => t.IsMajor);
        }).Check(Repeatable.Runs);
    }

    [Fact]
    public void Words_that_do_not_fit_are_turned_and_none_is_left_out()
    {
        string[] words = ["ou", "vp-linear", "cosine", "edm", "entropy-aware"];
        CategoryAxis axis = new([.. words], new(-0.5, 4.5));

        AxisLayout narrow = AxisLayout.Horizontal(axis, "schedule", null, 120, 120, PlotTheme.Light);
        AxisLayout wide = AxisLayout.Horizontal(axis, "schedule", null, 400, 400, PlotTheme.Light);

        Assert.True(narrow.IsTurned);
        Assert.False(wide.IsTurned);
        Assert.Equal(words, narrow.Ticks.Select(t => t.Label));
        Assert.Equal(words, wide.Ticks.Select(t => t.Label));
    }

    [Fact]
    public void A_thousand_words_are_thinned_until_they_keep_apart()
    {
        CategoryAxis axis = new([.. Enumerable.Range(0, 1000).Select(i => $"word {i}")], new(-0.5, 999.5));

        AxisLayout layout = AxisLayout.Vertical(axis, "y", null, 150, PlotTheme.Light);

        Assert.InRange(layout.Ticks.Count, 2, 20);
        Assert.True(KeepApart(layout, axis, 150, _ => PlotTheme.Light.SmallType * 0.75));
    }

    private static bool KeepApart(AxisLayout layout, Axis axis, double length, Func<Tick, double> extent)
    {
        Tick[] labelled = [.. layout.Ticks.Where(t => t.IsMajor)];
        return labelled.Zip(labelled.Skip(1)).All(pair =>
            Math.Abs(axis.Share(pair.Second.At) - axis.Share(pair.First.At)) * length > (extent(pair.First) + extent(pair.Second)) / 2);
    }
}
