using System.Globalization;
using System.Xml.Linq;
using Sweeps.Dashboard.Plots;

namespace Sweeps.Dashboard.Tests.Plots;

public class LinePlotTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static LinePlot Plot(AxisScale scale, params LineSeries[] series) => new()
    {
        X = PlotAxis.Numbers("separation μ", "1", [], scale),
        Y = PlotAxis.Numbers("speciation time", "OU time", [], scale),
        Series = [.. series],
    };

    private static LineSeries Series(string label, int count, Func<double, LinePoint> point) =>
        new(label, [.. Enumerable.Range(1, count).Select(i => point(i))]);

    private static XElement Parsed(LinePlot plot) => XDocument.Parse(plot.ToSvg(PlotSize.SingleColumn, PlotTheme.Light)).Root!;

    private static XElement[] Drawn(XElement svg, string name) =>
        [.. svg.Elements(Svg + "g").Single(g => g.Attribute("clip-path") is not null).Elements(Svg + name)];

    private static string[] Texts(XElement svg) => [.. svg.Descendants(Svg + "text").Select(t => t.Value)];

    [Fact]
    public void Points_have_markers_tooltips_and_error_bars_of_one_standard_error()
    {
        XElement svg = Parsed(Plot(AxisScale.Linear, Series("", 5, x => new(x, x, 0.5, x))));

        XElement[] points = Drawn(svg, "circle");
        Assert.Equal(5, points.Length);
        Assert.Equal("3: 3.00 ± 0.50 (theory 3)", points[2].Element(Svg + "title")!.Value);
        double Y(int i) => double.Parse(points[i].Attribute("cy")!.Value, CultureInfo.InvariantCulture);
        string bar = Drawn(svg, "path").Select(p => p.Attribute("d")!.Value).First(d => d.Count(c => c == 'M') == 3);
        double[] ends = [.. bar.Split('M')[1].Split('L').Select(pair => double.Parse(pair.Split(' ')[1], CultureInfo.InvariantCulture))];
        // One step in y is one unit: half a unit up and half a unit down.
        Assert.Equal(Y(0) - Y(1), ends[0] - ends[1], 0.05);
        Assert.Equal(2 * Y(0), ends[0] + ends[1], 0.05);
    }

    [Fact]
    public void A_null_breaks_the_line_and_a_point_alone_stays_a_point()
    {
        double?[] values = [1, 2, null, 4, double.NaN, 5, 6];
        XElement svg = Parsed(Plot(AxisScale.Linear, Series("", 7, x => new(x, values[(int)x - 1]))));

        Assert.Equal(2, Drawn(svg, "path").Length);
        Assert.Equal(5, Drawn(svg, "circle").Length);
    }

    [Fact]
    public void Beside_a_closed_form_the_points_are_not_joined_and_the_line_has_their_colour()
    {
        XElement svg = Parsed(Plot(AxisScale.Linear, Series("measured", 5, x => new(x, x, null, x + 0.1))));

        XElement line = Assert.Single(Drawn(svg, "path"));
        Assert.Equal(line.Attribute("stroke")!.Value, Drawn(svg, "circle")[0].Attribute("fill")!.Value);
        Assert.Contains("theory", Texts(svg));
    }

    [Fact]
    public void Series_differ_in_colour_and_in_marker()
    {
        LineSeries[] series = [.. Enumerable.Range(0, 5).Select(k => Series($"γ = {k}", 6, x => new(x, x + k)))];
        XElement svg = Parsed(Plot(AxisScale.Linear, series));

        XElement[] markers = [.. svg.Elements(Svg + "g").Single(g => g.Attribute("clip-path") is not null).Elements()
            .Where(e => e.Element(Svg + "title") is not null)];
        Assert.Equal(5, markers.Select(m => m.Attribute("fill")!.Value).Distinct().Count());
        Assert.Equal(5, markers.Select(m => m.Attribute("d")?.Value.Count(c => c == 'L') ?? 0)
            .Zip(markers.Select(m => m.Attribute("fill")!.Value)).Distinct().Count());
        Assert.Subset(new HashSet<string>(Texts(svg)), new HashSet<string>(series.Select(s => s.Label)));
    }

    [Fact]
    public void The_legend_takes_a_corner_that_is_free_and_else_stands_above()
    {
        LineSeries rising = Series("rising", 30, x => new(x, x)),
            filling = Series("everywhere", 400, x => new(x / 14, 1 + 29 * (x * 0.6180339 % 1)));

        double LegendY(LinePlot plot) => double.Parse(Parsed(plot).Descendants(Svg + "text").First(t => t.Value == "rising")
            .Attribute("y")!.Value, CultureInfo.InvariantCulture);
        double FrameTop(LinePlot plot) => double.Parse(Parsed(plot).Descendants(Svg + "clipPath").Single()
            .Element(Svg + "rect")!.Attribute("y")!.Value, CultureInfo.InvariantCulture);

        LinePlot free = Plot(AxisScale.Linear, rising, rising with { Label = "again" }), full = Plot(AxisScale.Linear, rising, filling);
        Assert.True(LegendY(free) > FrameTop(free));
        Assert.True(LegendY(full) < FrameTop(full));
    }

    [Fact]
    public void On_log_axes_what_is_not_positive_is_left_out_and_a_bar_that_would_reach_zero_ends_at_the_frame()
    {
        double[] values = [10, 0, -3, 0.1];
        XElement svg = Parsed(Plot(AxisScale.Logarithmic, Series("", 4, x => new(x, values[(int)x - 1], 0.2))));

        Assert.Equal(2, Drawn(svg, "circle").Length);
        Assert.DoesNotContain("NaN", svg.ToString());
        Assert.DoesNotContain("Infinity", svg.ToString());
    }

    [Fact]
    public void At_words_series_stand_side_by_side()
    {
        LinePlot plot = Plot(AxisScale.Linear, new LineSeries("a", [new(0, 1), new(1, 2), new(7, 3)]),
            new LineSeries("b", [new(0, 1), new(1, 2)]));
        XElement svg = Parsed(plot with { X = PlotAxis.OfWords("schedule", ["ou", "edm"]) });

        Assert.Equal(2, Drawn(svg, "circle").Length);
        Assert.Contains("edm", Texts(svg));
        double circle = double.Parse(Drawn(svg, "circle")[0].Attribute("cx")!.Value, CultureInfo.InvariantCulture);
        double square = double.Parse(Drawn(svg, "path")[0].Attribute("d")!.Value[1..].Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.True(square - circle > 5);
    }

    [Fact]
    public void Without_a_value_the_plot_says_that_there_is_nothing_to_show()
    {
        foreach (LinePlot plot in (LinePlot[])[Plot(AxisScale.Linear), Plot(AxisScale.Linear, Series("a", 3, x => new(x, null, 0.1)))])
            Assert.Contains(Texts(Parsed(plot)), t => t.StartsWith("Nothing to show", StringComparison.Ordinal));
    }

    [Fact]
    public void A_single_point_and_extreme_values_are_plots()
    {
        foreach (double value in (double[])[0, 1, -1e-300, 1e300, double.MaxValue, 123456.789])
            Assert.NotEmpty(Drawn(Parsed(Plot(AxisScale.Linear, Series("", 1, x => new(x, value, 1)))), "circle"));
    }

    [Fact]
    public void A_fine_theory_curve_replaces_the_theory_of_the_points()
    {
        IEnumerable<CurvePoint> curve = Enumerable.Range(0, 50).Select(i => new CurvePoint(i / 10.0, i == 25 ? null : i / 10.0));
        LineSeries series = Series("", 4, x => new(x, x, 0.1, 100)) with { TheoryCurve = [.. curve] };
        XElement svg = Parsed(Plot(AxisScale.Linear, series));

        Assert.Equal(2, Drawn(svg, "path").Count(p => p.Attribute("d")!.Value.Contains('C')));
        Assert.DoesNotContain("100", Texts(svg));
    }

    [Theory]
    [InlineData(5002, 5000)]
    [InlineData(5003, 0)]
    public void So_many_points_that_markers_would_hide_one_another_are_a_line(int count, int markers)
    {
        XElement svg = Parsed(Plot(AxisScale.Linear, Series("", count, x => new(x, x is 20 or 22 ? null : x, 0.5))));

        Assert.Equal(markers, Drawn(svg, "circle").Length);
        Assert.Equal(markers, svg.Descendants(Svg + "title").Count(title => title.Value.Contains('±')));
        Assert.Equal(markers == 0 ? 1 : 0, Drawn(svg, "path").Count(path => path.Attribute("stroke-linecap") is not null));
        Assert.Equal(2, Drawn(svg, "path").Count(path => path.Attribute("stroke-linejoin") is not null));
    }

    [Fact]
    public void Of_many_points_the_line_stays_beside_that_of_the_closed_form()
    {
        XElement svg = Parsed(Plot(AxisScale.Linear, Series("measured", 6000, x => new(x, x, 0.5, x + 1000))));

        XElement[] lines = Drawn(svg, "path");
        Assert.Equal(2, lines.Length);
        Assert.Equal(2, lines.Select(line => line.Attribute("stroke")!.Value).Distinct().Count());
        Assert.Equal(PlotTheme.Light.Ink, lines.Single(line => line.Attribute("d")!.Value.Contains('C')).Attribute("stroke")!.Value);
    }
}
