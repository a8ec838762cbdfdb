using System.Collections.Immutable;

namespace Sweeps.Dashboard.Plots;

/// <summary>
/// Series of measured points with error bars of one standard error, and the closed form as a line of the same colour. Points of a series
/// without a closed form are joined. Of more than 5000 points only the lines are drawn, their closed forms in ink.
/// Numbers that are not finite, or not positive on a log axis, count as null.
/// </summary>
public sealed record LinePlot
{
    /// <summary>Values given widen the range that the points ask for.</summary>
    public required PlotAxis X { get; init; }

    /// <summary>Usually without values: <c>PlotAxis.Numbers(label, unit, [])</c>.</summary>
    public required PlotAxis Y { get; init; }

    public required ImmutableArray<LineSeries> Series { get; init; }

    /// <summary>Name of the theory lines in the legend.</summary>
    public string TheoryName { get; init; } = "theory";

    /// <summary>
    /// Whether the series are steps of a quantity, in rising order: then their colours run along viridis instead of being as different as
    /// possible.
    /// </summary>
    public bool SeriesAreOrdered { get; init; }

    public string Title { get; init; } = "";

    /// <summary>Small print below: the sweep's name, the fixed keys.</summary>
    public string Caption { get; init; } = "";

    /// <summary>The SVG text.</summary>
    public string ToSvg(PlotSize size, PlotTheme theme)
    {
        ArgumentNullException.ThrowIfNull(theme);
        return new LinePlotPainter(this, size, theme).Draw();
    }
}
