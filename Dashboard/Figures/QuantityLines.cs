using System.Collections.Immutable;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Plots;

namespace Sweeps.Dashboard.Figures;

/// <summary>A quantity along one axis, with error bars and the closed form; a series per value of a second axis.</summary>
internal static class QuantityLines
{
    private const int FineCount = 121;

    public static LinePlot Of(FigureRequest request, string x, MeasuredColumn column, string? series)
    {
        var side = request.Side(x);
        ImmutableArray<KeyValue> values = series is null ? [KeyValue.Null] : request.ValuesOf(series);
        var points = Points(request, x, column, series);
        return new LinePlot
        {
            X = side,
            Y = PlotAxis.Numbers(column.Label, column.Unit, []),
            Series = [.. values.Select(value => new LineSeries(
                series is null ? column.Label : Labels.Of(request.Key(series), value),
                points.TryGetValue(value, out var found) ? [.. found.OrderBy(point => point.X)] : [])
            {
                TheoryCurve = column.TheoryColumn is null ? [] : Curve(request, x, side, column, series, value),
            })],
            SeriesAreOrdered = series is not null && request.Key(series).Kind is not KeyKind.Choice && values.Length > 2,
            Caption = request.Caption(x, series),
        };
    }

    private static Dictionary<KeyValue, List<LinePoint>> Points(FigureRequest request, string x, MeasuredColumn column, string? series)
    {
        Dictionary<KeyValue, List<LinePoint>> points = [];
        string[] columns = [column.Name, column.ErrorColumn ?? column.Name, column.TheoryColumn ?? column.Name];
        string[] read = [.. columns.Distinct()];
        int[] at = [.. columns.Select(name => Array.IndexOf(read, name))];
        var words = request.ValuesOf(x);
        var spot = new GridSpot(request.Sweep.Grid);
        new SelectedRows(request.Sweep, request.Selection, null, request.Interruption).Visit(read, (batch, row, point) =>
        {
            spot.MoveTo(point);
            var place = spot.ValueOf(x);
            var value = series is null ? KeyValue.Null : spot.ValueOf(series);
            if (!points.TryGetValue(value, out var line)) points[value] = line = [];
            line.Add(new LinePoint(
                place.Kind is KeyKind.Choice ? words.IndexOf(place) : place.AsReal(),
                RowText.Number(batch.Columns[at[0]], row),
                column.ErrorColumn is null ? null : RowText.Number(batch.Columns[at[1]], row),
                column.TheoryColumn is null ? null : RowText.Number(batch.Columns[at[2]], row)));
        });
        return points;
    }

    private static ImmutableArray<CurvePoint> Curve(
        FigureRequest request, string x, PlotAxis side, MeasuredColumn column, string? series, KeyValue value)
    {
        if (side.HasWords || side.Count < 2) return [];
        var range = new Interval(side.Values.Min(), side.Values.Max());
        var fine = FineValues.Between(request.Key(x), range, side.Scale, FineCount);
        var theory = new TheoryAt(request, column.Quantity.Name).Of([.. fine.Select(place =>
            series is null ? ImmutableArray.Create((x, place)) : ImmutableArray.Create((x, place), (series, value)))]);
        return theory.Any(number => number is not null)
            ? [.. fine.Zip(theory, (place, number) => new CurvePoint(place.AsReal(), number))]
            : [];
    }
}
