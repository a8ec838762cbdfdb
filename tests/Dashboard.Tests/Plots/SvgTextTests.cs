using Sweeps.Dashboard.Plots;

namespace Sweeps.Dashboard.Tests.Plots;

public class SvgTextTests
{
    [Fact]
    public void What_XML_cannot_hold_is_escaped_or_replaced()
    {
        Assert.Equal("&lt;script&gt;&amp;&quot;&#39;", SvgText.Escape("<script>&\"'"));
        Assert.Equal("a\uFFFDb\uFFFDc d", SvgText.Escape("a\u0001b\uD800c\nd"));
        Assert.Equal("😀", SvgText.Escape("😀"));
    }

    [Fact]
    public void Powers_and_marked_letters_are_set_smaller_and_the_line_goes_back_to_its_height()
    {
        Assert.Equal("10<tspan dy=\"-3.6\" font-size=\"7.2\">−4</tspan><tspan dy=\"3.6\"> s</tspan>", SvgText.Marked("10⁻⁴ s", 10));
        Assert.Equal("t<tspan dy=\"2\" font-size=\"7.2\">S</tspan>", SvgText.Marked("t_{S}", 10));
        Assert.Equal("s_speciation", SvgText.Marked("s_speciation", 10));
    }

    [Fact]
    public void Readers_of_tooltips_see_no_braces() => Assert.Equal("t_S and x^2", SvgText.WithoutMarkup("t_{S} and x^{2}"));

    [Fact]
    public void Mark_up_cannot_smuggle_elements_in() => Assert.DoesNotContain("<b", SvgText.Marked("a_{<b>}", 10));

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.001, "0")]
    [InlineData(1.0049, "1")]
    [InlineData(-2.25, "-2.25")]
    [InlineData(1e6, "1000000")]
    public void Coordinates_have_at_most_two_decimals(double value, string expected) => Assert.Equal(expected, SvgWriter.Number(value));

    [Theory]
    [InlineData(2.07944, 0.0123, "2.079 ± 0.012")]
    [InlineData(-2.07944, 0.5, "−2.08 ± 0.50")]
    [InlineData(2.07944, null, "2.079")]
    [InlineData(1234567.0, 150.0, "1.23457×10⁶ ± 150")]
    [InlineData(0.0000012, null, "1.2×10⁻⁶")]
    public void Values_are_written_to_two_digits_of_their_error(double value, double? error, string expected) =>
        Assert.Equal(expected, NumberLabels.Measured(value, error));

    [Fact]
    public void Wrapped_lines_fit_and_what_is_left_out_shows_as_an_ellipsis()
    {
        string text = string.Join(' ', Enumerable.Repeat("dimension 64,", 40));

        IReadOnlyList<string> lines = TextWrap.Lines(text, 7, 150, 3);

        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.True(TextMetrics.Width(line, 7) <= 150));
        Assert.EndsWith("…", lines[^1]);
        Assert.All(TextWrap.Lines(new string('W', 300), 7, 100, 2), line => Assert.True(TextMetrics.Width(line, 7) <= 100));
        Assert.Empty(TextWrap.Lines("  ", 7, 100, 2));
    }

    [Fact]
    public void A_cubic_through_the_points_never_overshoots_them()
    {
        PaperPoint[] points = [new(0, 0), new(1, 0), new(2, 10), new(3, 10), new(10, 4)];

        double[] numbers = [.. MonotoneCurve.PathData(points).Split(['M', 'C', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(n => double.Parse(n, System.Globalization.CultureInfo.InvariantCulture))];

        double[] heights = [.. numbers.Where((_, i) => i % 2 == 1)];
        Assert.Equal(1 + 3 * 4, heights.Length);
        Assert.All(heights, y => Assert.InRange(y, 0, 10));
        // On the flat pieces the control points lie on the line.
        Assert.Equal([0.0, 0, 0], heights[1..4]);
        Assert.Equal([10.0, 10, 10], heights[7..10]);
    }
}
