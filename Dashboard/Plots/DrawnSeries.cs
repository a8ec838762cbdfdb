using System.Collections.Immutable;

namespace Sweeps.Dashboard.Plots;

/// <summary>A series ready to draw: sorted, with null for everything that its axes cannot show, cut into runs at the nulls.</summary>
internal sealed class DrawnSeries
{
    private readonly bool hasLogY;

    /// <param name="series">What is drawn.</param>
    /// <param name="index">Its number among all.</param>
    /// <param name="colour">Of its markers and lines.</param>
    /// <param name="x">The axis across.</param>
    /// <param name="y">The axis upwards.</param>
    /// <param name="isDense">Whether there are too many points for markers, and only a line shows them.</param>
    public DrawnSeries(LineSeries series, int index, string colour, PlotAxis x, PlotAxis y, bool isDense = false)
    {
        (Label, Index, Colour) = (series.Label, index, colour);
        hasLogY = y.Scale == AxisScale.Logarithmic;
        bool hasLogX = x.Scale == AxisScale.Logarithmic;
        bool IsShownX(double value) => x.HasWords
            ? value >= 0 && value < x.Count && value == Math.Floor(value)
            : double.IsFinite(value) && (!hasLogX || value > 0);
        Points = [.. series.Points.Where(p => IsShownX(p.X)).OrderBy(p => p.X).Select(p => new LinePoint(p.X, Shown(p.Value),
            p.StandardError is { } se && double.IsFinite(se) && se >= 0 ? se : null, Shown(p.Theory)))];
        Theory = series.TheoryCurve.IsEmpty
            ? Points.Any(p => p.Theory is not null) ? [.. Points.Select(p => new CurvePoint(p.X, p.Theory))] : []
            : [.. series.TheoryCurve.Where(p => IsShownX(p.X)).OrderBy(p => p.X).Select(p => new CurvePoint(p.X, Shown(p.Y)))];
        TheoryRuns = x.HasWords ? [] : Runs(Theory);
        JoinedRuns = x.HasWords || (Theory.Length > 0 && !isDense) ? [] : Runs([.. Points.Select(p => new CurvePoint(p.X, p.Value))]);
    }

    public string Label { get; }

    public int Index { get; }

    public string Colour { get; }

    public ImmutableArray<LinePoint> Points { get; }

    public ImmutableArray<CurvePoint> Theory { get; }

    public IReadOnlyList<IReadOnlyList<CurvePoint>> TheoryRuns { get; }

    /// <summary>Measured points joined by lines; none beside a closed form, unless no markers show them, or on an axis of words.</summary>
    public IReadOnlyList<IReadOnlyList<CurvePoint>> JoinedRuns { get; }

    /// <summary>All x that the axis must span.</summary>
    public IEnumerable<double> ShownX =>
        Points.Where(p => p.Value is not null).Select(p => p.X).Concat(Theory.Where(p => p.Y is not null).Select(p => p.X));

    /// <summary>All y that the axis must span, error bars included where it can show them.</summary>
    public IEnumerable<double> ShownY
    {
        get
        {
            foreach (LinePoint point in Points.Where(p => p.Value is not null))
            {
                double error = point.StandardError ?? 0, low = point.Value!.Value - error;
                yield return hasLogY && low < 0.1 * point.Value.Value ? point.Value.Value : low;
                yield return point.Value.Value + error;
            }
            foreach (CurvePoint point in Theory.Where(p => p.Y is not null))
                yield return point.Y!.Value;
        }
    }

    private double? Shown(double? value) => value is { } v && double.IsFinite(v) && (!hasLogY || v > 0) ? v : null;

    private static List<List<CurvePoint>> Runs(ImmutableArray<CurvePoint> points)
    {
        List<List<CurvePoint>> runs = [];
        bool isOpen = false;
        foreach (CurvePoint point in points)
        {
            if (point.Y is null)
            {
                isOpen = false;
                continue;
            }
            if (!isOpen)
                runs.Add([]);
            // Two values at one x have no slope between them: the first stays.
            if (!isOpen || runs[^1][^1].X < point.X)
                runs[^1].Add(point);
            isOpen = true;
        }
        return runs;
    }
}
