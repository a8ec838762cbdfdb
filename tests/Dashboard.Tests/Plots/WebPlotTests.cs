using System.Xml.Linq;
using Sweeps.Dashboard.Plots;

namespace Sweeps.Dashboard.Tests.Plots;

/// <summary>Plots as elements of a page.</summary>
public sealed class WebPlotTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static HeatMap Map(int columns, int rows, bool hasLinks) => new()
    {
        // Falling: the axes' own order is not that of the picture.
        X = PlotAxis.Numbers("x", "1", Enumerable.Range(0, columns).Select(i => (double)-i)),
        Y = PlotAxis.Numbers("y", "1", Enumerable.Range(0, rows).Select(j => (double)j)),
        Quantity = "height",
        Values = [.. Enumerable.Range(0, columns * rows).Select(i => (double?)i)],
        LinkOf = hasLinks ? (i, j) => $"/cell/{i}/{j}?a=1&b=2" : null,
    };

    [Fact]
    public void Cells_lead_where_they_are_told_to_in_the_axes_own_order()
    {
        var picture = XDocument.Parse(Map(3, 2, true).ToSvg(PlotSize.SingleColumn, PlotTheme.Web));

        var links = picture.Descendants(Svg + "a").ToArray();
        Assert.Equal(6, links.Length);
        Assert.All(links, link => Assert.Equal("-1", (string?)link.Attribute("tabindex")));
        var link = links.Single(link => (string?)link.Attribute("href") == "/cell/1/1?a=1&b=2");
        Assert.Equal("-1, 1: 4", link.Descendants(Svg + "title").Single().Value.Replace('−', '-'));
        Assert.Equal("group", (string?)picture.Root!.Attribute("role"));
    }

    [Fact]
    public void Many_cells_share_one_place_to_click()
    {
        var picture = XDocument.Parse(Map(100, 60, true).ToSvg(PlotSize.SingleColumn, PlotTheme.Web));

        Assert.Empty(picture.Descendants(Svg + "a"));
        Assert.Single(picture.Descendants(Svg + "rect"), rect => (string?)rect.Attribute("class") == "cells");
    }

    [Fact]
    public void A_picture_within_a_page_has_the_pages_colours_and_no_title_over_those_of_its_cells()
    {
        var picture = XDocument.Parse(Map(3, 2, false).ToSvg(PlotSize.SingleColumn, PlotTheme.Web));

        Assert.Equal("img", (string?)picture.Root!.Attribute("role"));
        Assert.StartsWith("Heat map of height", (string?)picture.Root.Attribute("aria-label"), StringComparison.Ordinal);
        Assert.Empty(picture.Root.Elements(Svg + "title"));
        Assert.Contains(picture.Descendants(Svg + "text"), text => (string?)text.Attribute("fill") == "var(--plot-ink)");
    }

    [Fact]
    public void Ordered_series_within_a_page_have_colours_that_show_on_light_and_dark()
    {
        var plot = new LinePlot
        {
            X = PlotAxis.Numbers("x", "1", []),
            Y = PlotAxis.Numbers("y", "1", []),
            Series = [.. Enumerable.Range(0, 4).Select(i => new LineSeries($"{i}", [new(0, i), new(1, i + 1)]))],
            SeriesAreOrdered = true,
        };

        var fills = XDocument.Parse(plot.ToSvg(PlotSize.SingleColumn, PlotTheme.Web)).Descendants()
            .Select(element => (string?)element.Attribute("fill")).OfType<string>().Where(fill => fill.StartsWith('#')).Distinct().ToArray();

        Assert.Equal(4, fills.Length);
        Assert.All(fills, fill => Assert.InRange(Oklab.From(Rgb.Parse(fill)).L, 0.35, 0.85));
    }
}
