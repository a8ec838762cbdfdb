using System.Globalization;
using System.Xml.Linq;
using Sweeps.Dashboard.Plots;

namespace Sweeps.Dashboard.Tests.Plots;

public class HeatMapTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static double[] Steps(double from, double to, int count) =>
        [.. Enumerable.Range(0, count).Select(i => from + (to - from) * i / (count - 1))];

    private static HeatMap Grid(double[] x, double[] y, Func<double, double, double?> value) => new()
    {
        X = PlotAxis.Numbers("separation μ", "1", x, AxisScale.Linear),
        Y = PlotAxis.Numbers("drift γ", "1", y, AxisScale.Linear),
        Quantity = "speciation time",
        Unit = "OU time",
        Values = [.. y.SelectMany(b => x.Select(a => value(a, b)))],
    };

    private static XElement Parsed(HeatMap map, PlotTheme? theme = null, PlotSize? size = null) =>
        XDocument.Parse(map.ToSvg(size ?? PlotSize.SingleColumn, theme ?? PlotTheme.Light)).Root!;

    private static string[] Tooltips(XElement svg) => [.. svg.Descendants(Svg + "rect").Elements(Svg + "title").Select(t => t.Value)];

    private static string[] Texts(XElement svg) => [.. svg.Descendants(Svg + "text").Select(t => t.Value)];

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    [Fact]
    public void A_plot_says_its_size_its_role_and_what_it_shows()
    {
        XElement svg = Parsed(Grid([1, 2, 3], [0, 1], (a, b) => a + b) with { Title = "Title", Caption = "sweep · dimension 64" });

        Assert.Equal(("86mm", "72mm", "img"), (svg.Attribute("width")!.Value, svg.Attribute("height")!.Value,
            svg.Attribute("role")!.Value));
        Assert.Equal("0 0 243.78 204.09", svg.Attribute("viewBox")!.Value);
        Assert.Equal("Title", svg.Element(Svg + "title")!.Value);
        Assert.Contains("6 of 6 cells have a value, from 1 to 4", svg.Element(Svg + "desc")!.Value);
        Assert.Equal("#ffffff", svg.Elements(Svg + "rect").First().Attribute("fill")!.Value);
        Assert.Subset(new HashSet<string>(Texts(svg)),
            new HashSet<string> { "Title", "sweep · dimension 64", "separation μ", "drift γ", "speciation time [OU time]" });
        Assert.All(svg.Descendants(Svg + "text"), t => Assert.True(Number(t, "font-size") >= 7));
    }

    [Fact]
    public void Rows_run_upwards_and_columns_to_the_right_whatever_the_order_of_the_values()
    {
        XElement svg = Parsed(Grid([3, 1, 2], [10, 0], (a, b) => a + b));

        (double X, double Y, string Title)[] cells = [.. svg.Descendants(Svg + "rect").Where(r => r.Element(Svg + "title") is not null)
            .Select(r => (Number(r, "x"), Number(r, "y"), r.Element(Svg + "title")!.Value))];
        string[] leftToRight = [.. cells.Where(c => c.Title.Contains(", 0: ")).OrderBy(c => c.X).Select(c => c.Title)];
        Assert.Equal(["1, 0: 1", "2, 0: 2", "3, 0: 3"], leftToRight);
        Assert.True(cells.First(c => c.Title == "1, 10: 11").Y < cells.First(c => c.Title == "1, 0: 1").Y);
    }

    [Fact]
    public void Tooltips_tell_value_error_and_theory()
    {
        HeatMap map = Grid([1, 2], [0], (a, _) => a) with { Errors = [0.01, null], Theory = [1.5, null] };

        Assert.Equal(["1, 0: 1.000 ± 0.010 (theory 1.5)", "2, 0: 2"], Tooltips(Parsed(map)));
    }

    [Fact]
    public void An_empty_cell_with_a_closed_form_had_a_crossing_and_no_fit()
    {
        HeatMap map = Grid([1, 2, 3], [0], (a, _) => a < 3 ? null : 1) with { Theory = [1.5, null, 1] };
        Assert.Equal(["1, 0: not found in the samples (theory 1.5)", "2, 0: no crossing in window"], Tooltips(Parsed(map)).Take(2));
    }

    [Fact]
    public void Null_and_non_finite_cells_are_hatched_and_named_in_the_legend()
    {
        double?[] odd = [1, null, double.NaN, double.PositiveInfinity];
        XElement svg = Parsed(Grid([0, 1, 2, 3], [0], (a, _) => odd[(int)a]));

        Assert.Equal(3, Tooltips(svg).Count(t => t.EndsWith("no crossing in window", StringComparison.Ordinal)));
        Assert.Equal(3, svg.Descendants(Svg + "rect")
            .Count(r => r.Element(Svg + "title") is not null && r.Attribute("fill")!.Value.StartsWith("url(#", StringComparison.Ordinal)));
        Assert.Contains("no crossing in window", Texts(svg));
        Assert.DoesNotContain("no crossing in window", Texts(Parsed(Grid([0, 1], [0], (a, _) => a))));
        Assert.DoesNotContain("NaN", svg.ToString());
        Assert.DoesNotContain("∞", svg.ToString());
    }

    [Fact]
    public void Theory_lines_run_through_the_right_places_on_paper()
    {
        double[] at = Steps(0, 10, 11);
        HeatMap map = Grid(at, at, (a, _) => a) with { Theory = [.. at.SelectMany(_ => at.Select(a => (double?)a))], Levels = [4.25] };

        XElement svg = Parsed(map);

        XElement cell = svg.Descendants(Svg + "rect")
            .First(r => r.Element(Svg + "title")?.Value.StartsWith("4, 0:", StringComparison.Ordinal) == true);
        XElement next = svg.Descendants(Svg + "rect")
            .First(r => r.Element(Svg + "title")?.Value.StartsWith("5, 0:", StringComparison.Ordinal) == true);
        // Cell 4 spans 3.5 … 4.5 and the next begins at 4.5: 4.25 lies three quarters of the way.
        double expected = Number(cell, "x") + 0.75 * (Number(next, "x") - Number(cell, "x"));
        string path = svg.Descendants(Svg + "path")
            .First(p => p.Attribute("stroke")?.Value == "#111111" && p.Ancestors(Svg + "g").Any(g => g.Attribute("clip-path") is not null))
            .Attribute("d")!.Value;
        double[] xs = [.. path.Split(['M', 'L'], StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => double.Parse(pair.Split(' ')[0], CultureInfo.InvariantCulture))];
        Assert.NotEmpty(xs);
        Assert.All(xs, x => Assert.Equal(expected, x, 0.02));
        Assert.Contains("4.25", Texts(svg));
        Assert.Contains("theory", Texts(svg));
    }

    [Fact]
    public void Without_levels_of_their_own_lines_stand_at_ticks_of_the_colour_bar()
    {
        double[] at = Steps(0, 10, 21);
        double?[] theory = [.. at.SelectMany(b => at.Select(a => (double?)(a + b)))];
        HeatMap map = Grid(at, at, (a, b) => a + b) with { Theory = theory, DrawsMeasuredLines = true };

        XElement svg = Parsed(map);

        XElement[] labels = [.. svg.Descendants(Svg + "text").Where(t => t.Attribute("paint-order") is not null)];
        Assert.True(labels.Length >= 2);
        Assert.All(labels, label => Assert.True(Texts(svg).Count(t => t == label.Value) >= 2));
        Assert.Contains("measured", Texts(svg));
    }

    [Fact]
    public void Between_words_no_line_is_drawn_but_each_row_has_its_mark()
    {
        double[] at = Steps(0, 10, 11);
        HeatMap map = new()
        {
            X = PlotAxis.Numbers("x", "1", at),
            Y = PlotAxis.OfWords("schedule", ["ou", "edm"]),
            Quantity = "q",
            Values = [.. at.Concat(at).Select(v => (double?)v)],
            Theory = [.. at.Concat(at.Select(v => v / 2)).Select(v => (double?)v)],
            Levels = [3.5],
        };

        string path = Parsed(map).Descendants(Svg + "path")
            .First(p => p.Attribute("stroke")?.Value == "#111111" && p.Ancestors(Svg + "g").Any(g => g.Attribute("clip-path") is not null))
            .Attribute("d")!.Value;

        Assert.Equal(2, path.Count(c => c == 'M'));
    }

    [Fact]
    public void Hostile_labels_stay_text()
    {
        const string Hostile = "<script>alert('x')</script> & \"q\" ]]> \u0000 _{<b>}";
        HeatMap map = new()
        {
            X = PlotAxis.OfWords(Hostile, [Hostile, "</svg>"]),
            Y = PlotAxis.Numbers(Hostile, Hostile, [1]),
            Quantity = Hostile,
            Unit = Hostile,
            Values = [1, null],
            NullMeaning = Hostile,
            Title = Hostile,
            Caption = Hostile,
        };

        XElement svg = Parsed(map, size: new(178, 150));

        Assert.DoesNotContain(svg.Descendants(), e => e.Name.LocalName is "script" or "b");
        Assert.Contains(Texts(svg), t => t.StartsWith("<script>alert('x')</script> & \"q\" ]]>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(2, 2)]
    public void Without_a_value_the_plot_says_that_there_is_nothing_to_show(int columns, int rows)
    {
        HeatMap map = Grid([.. Enumerable.Range(0, columns).Select(i => (double)i)],
            [.. Enumerable.Range(0, rows).Select(i => (double)i)], (_, _) => null);

        Assert.Contains(Texts(Parsed(map)), t => t.StartsWith("Nothing to show", StringComparison.Ordinal));
    }

    [Fact]
    public void One_cell_is_a_plot() => Assert.Equal(["1, 0: 2.08"], Tooltips(Parsed(Grid([1], [0], (_, _) => 2.08))));

    [Fact]
    public void A_large_grid_is_one_image_without_tooltips()
    {
        double[] at = Steps(0, 1, 1000);
        string svg = Grid(at, at, (a, b) => Math.Floor(8 * (a + b))).ToSvg(PlotSize.DoubleColumn, PlotTheme.Light);

        XElement root = XDocument.Parse(svg).Root!;
        Assert.True(svg.Length < 300_000, $"{svg.Length} characters");
        Assert.Empty(Tooltips(root));
        Assert.Single(root.Descendants(Svg + "image"));
    }

    [Fact]
    public void The_image_of_a_large_grid_fills_the_frame_and_shows_the_hatch_where_cells_are_empty()
    {
        double[] at = Steps(0, 1, 90);
        static double? Value(double a, double b) => a * b > 0.9 ? null : a + b;
        XElement svg = Parsed(Grid(at, at, Value));

        XElement image = svg.Descendants(Svg + "image").Single(), ground = (XElement)image.PreviousNode!;
        foreach (string side in new[] { "x", "y", "width", "height" }) Assert.Equal(Number(ground, side), Number(image, side));
        Assert.EndsWith("-null)", ground.Attribute("fill")!.Value, StringComparison.Ordinal);
        var cells = DecodedPng.Of(Convert.FromBase64String(image.Attribute("href")!.Value["data:image/png;base64,".Length..]));
        double largest = at.SelectMany(b => at.Select(a => Value(a, b))).Max()!.Value;
        int each = cells.Width / 90, down = cells.Height / 90;
        Assert.Equal((90 * each, 90 * down), (cells.Width, cells.Height));
        for (int j = 0; j < 90; j++)
        {
            for (int i = 0; i < 90; i++)
            {
                // Beside empty cells the highest level has the colour of the one below.
                Rgb? expected = Value(at[i], at[j]) is { } value ? ColourMap.Viridis.At(Math.Min(value / largest, 254 / 255.0)) : null;
                Assert.Equal(expected, cells[i * each + each / 2, (89 - j) * down + down / 2]);
            }
        }
    }

    [Fact]
    public void The_same_data_give_the_same_text_and_another_theme_other_colours()
    {
        HeatMap map = Grid(Steps(0, 1, 9), Steps(0, 2, 7), (a, b) => a - b) with { Colours = ColourMap.BlueOrange };

        Assert.Equal(map.ToSvg(PlotSize.SingleColumn, PlotTheme.Light), (map with { }).ToSvg(PlotSize.SingleColumn, PlotTheme.Light));
        Assert.Equal(PlotTheme.Dark.Background, Parsed(map, PlotTheme.Dark).Elements(Svg + "rect").First().Attribute("fill")!.Value);
    }

    [Fact]
    public void Counts_that_do_not_fit_the_axes_are_refused()
    {
        HeatMap map = Grid([1, 2], [0], (a, _) => a);

        Assert.Contains("Values has 1", Assert.Throws<ArgumentException>(() => Parsed(map with { Values = [1] })).Message);
        Assert.Contains("Theory has 3", Assert.Throws<ArgumentException>(() => Parsed(map with { Theory = [1, 2, 3] })).Message);
        Assert.Throws<ArgumentException>(() => Parsed(map with { FineTheory = new([1, 2], [1], [1]) }));
    }

    [Fact]
    public void All_text_lies_on_the_page_and_no_two_level_lines_overlap()
    {
        HeatMap map = Grid(Steps(0.1, 2, 20), Steps(-15000, 150000, 20), (a, b) => a * 1e-6 + b * 1e-12) with
        {
            Title = "A title that is long enough to need more than a single line of a narrow column of a journal",
            Caption = string.Join(", ", Enumerable.Repeat("dimension 64", 30)),
        };
        foreach (PlotSize size in (PlotSize[])[PlotSize.SingleColumn, PlotSize.DoubleColumn, new(60, 60)])
        {
            XElement svg = Parsed(map, size: size);
            Box page = new(0, 0, size.Width, size.Height);
            Box[] boxes = [.. svg.Descendants(Svg + "text").Where(t => t.Attribute("transform") is null).Select(BoxOf)];
            Assert.All(boxes, box => Assert.True(page.Grown(0.01).Contains(box), $"{box} on {page}"));
            for (int i = 0; i < boxes.Length; i++)
                Assert.DoesNotContain(boxes[(i + 1)..], other => boxes[i].Grown(-0.5).Overlaps(other));
        }
    }

    private static Box BoxOf(XElement text)
    {
        double size = Number(text, "font-size"), width = TextMetrics.Width(text.Value, size, text.Attribute("font-weight") is not null);
        string anchor = text.AncestorsAndSelf().Select(e => e.Attribute("text-anchor")?.Value)
            .FirstOrDefault(a => a is not null) ?? "start";
        double left = Number(text, "x") - anchor switch { "middle" => width / 2, "end" => width, _ => 0 };
        return new(left, Number(text, "y") - 0.75 * size, width, 0.8 * size);
    }
}
