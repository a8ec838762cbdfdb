using System.Collections.Immutable;

namespace Sweeps.Dashboard.Plots;

/// <summary>
/// A phase diagram: a colour per cell of a grid, with the closed form as iso-lines at the levels of the colour bar's ticks. Numbers that
/// are not finite count as null.
/// </summary>
public sealed record HeatMap
{
    public required PlotAxis X { get; init; }

    public required PlotAxis Y { get; init; }

    /// <summary>What the colours mean, for humans; stands beside the colour bar.</summary>
    public required string Quantity { get; init; }

    /// <summary><c>1</c> when dimensionless.</summary>
    public string Unit { get; init; } = "1";

    /// <summary>Row after row in the axes' own order, <c>Values[j · X.Count + i]</c>.</summary>
    public required IReadOnlyList<double?> Values { get; init; }

    /// <summary>Standard errors for the tooltips, laid out as <see cref="Values"/>, or empty.</summary>
    public IReadOnlyList<double?> Errors { get; init; } = [];

    /// <summary>Closed form, laid out as <see cref="Values"/>, or empty.</summary>
    public IReadOnlyList<double?> Theory { get; init; } = [];

    /// <summary>
    /// Where given, iso-lines come from here instead of <see cref="Theory"/>. See <see cref="RangeOf"/> for how far it should reach.
    /// </summary>
    public FineTheory? FineTheory { get; init; }

    /// <summary>Name of the iso-lines in the legend.</summary>
    public string TheoryName { get; init; } = "theory";

    /// <summary>
    /// Levels of the iso-lines. Null: those of the colour bar's ticks, or round numbers in the range of the theory when the map is
    /// diverging (a residual under the boundaries of the quantity itself).
    /// </summary>
    public ImmutableArray<double>? Levels { get; init; }

    /// <summary>Whether the measured values get dashed iso-lines at the same levels.</summary>
    public bool DrawsMeasuredLines { get; init; }

    public ColourMap Colours { get; init; } = ColourMap.Viridis;

    /// <summary>Range of the colours; null: that of the values. A diverging map makes it symmetric about zero.</summary>
    public Interval? ColourRange { get; init; }

    /// <summary>What an empty cell means that has no closed form.</summary>
    public string NullMeaning { get; init; } = MissingValue.NoCrossing;

    public string Title { get; init; } = "";

    /// <summary>Small print below: the sweep's name, the fixed keys.</summary>
    public string Caption { get; init; } = "";

    /// <summary>
    /// For a picture within a page: where a click on a cell leads, by its numbers along x and y in the axes' own order. Null: cells are
    /// no links.
    /// </summary>
    public Func<int, int, string>? LinkOf { get; init; }

    /// <summary>The values between the outer edges of an axis's cells; null for words and empty axes.</summary>
    public static Interval? RangeOf(PlotAxis axis)
    {
        ArgumentNullException.ThrowIfNull(axis);
        if (axis.HasWords || axis.Count == 0)
            return null;
        Interval range = new GridAxis(axis).Axis.Coordinates;
        return axis.Scale == AxisScale.Logarithmic ? new(Math.Pow(10, range.Low), Math.Pow(10, range.High)) : range;
    }

    /// <summary>The SVG text.</summary>
    /// <exception cref="ArgumentException">Counts that do not fit the axes, or an axis value given twice.</exception>
    public string ToSvg(PlotSize size, PlotTheme theme)
    {
        ArgumentNullException.ThrowIfNull(theme);
        Demand(nameof(Values), Values.Count, isOptional: false);
        Demand(nameof(Errors), Errors.Count, isOptional: true);
        Demand(nameof(Theory), Theory.Count, isOptional: true);
        return new HeatMapPainter(this, size, theme).Draw();
    }

    private void Demand(string name, int count, bool isOptional)
    {
        long cells = (long)X.Count * Y.Count;
        if (count != cells && !(isOptional && count == 0))
            throw new ArgumentException($"{name} has {count} entries; {X.Count} × {Y.Count} cells need {cells}.");
    }
}
