using System.Collections.Immutable;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Figures;
using Sweeps.Dashboard.Plots;

namespace Sweeps.Dashboard.Pages.Diagram;

/// <summary>Draws one choice of figure from a dataset.</summary>
/// <param name="id">The sweep, for links.</param>
/// <param name="choice">What is wanted.</param>
/// <param name="form">What for.</param>
/// <param name="closedForms">Those of earlier drawings.</param>
internal sealed class FigurePainter(string id, FigureChoice choice, FigureForm form, ClosedForms closedForms)
{
    private const int MostCellsInTable = 2000;

    private bool IsWithinPage => form is not FigureForm.Print;

    public DrawnFigure Draw(SweepFolder sweep, CancellationToken interruption)
    {
        var request = new FigureRequest(sweep, choice.SelectionOf(sweep.Grid), interruption) { ClosedForms = closedForms };
        return choice.Y is { } y ? Draw(PhaseDiagram.Of(request, choice.X, y, choice.Column), request)
            : Draw(QuantityLines.Of(request, choice.X, choice.Column, null), request);
    }

    private DrawnFigure Draw(HeatMap map, FigureRequest request)
    {
        var grid = request.Sweep.Grid;
        // The page itself says what is fixed.
        var shown = IsWithinPage ? map with { Caption = "", LinkOf = (i, j) => Addresses.OfPoint(id, choice.PointAt(grid, i, j)) } : map;
        int cells = map.X.Count * map.Y.Count;
        return new(shown.ToSvg(form.Size(), form.Theme()), IsWithinPage && cells <= MostCellsInTable ? TableOf(map, request) : null,
            map.Values.Count(value => value is not null), cells);
    }

    private DrawnFigure Draw(LinePlot plot, FigureRequest request)
    {
        var points = plot.Series[0].Points;
        int cells = request.ValuesOf(choice.X).Length;
        return new((IsWithinPage ? plot with { Caption = "" } : plot).ToSvg(form.Size(), form.Theme()),
            IsWithinPage && cells <= MostCellsInTable ? TableOf(plot, points, request) : null,
            points.Count(point => point.Value is not null), cells);
    }

    private FigureTable TableOf(HeatMap map, FigureRequest request)
    {
        var grid = request.Sweep.Grid;
        var across = request.ValuesOf(choice.X);
        var upwards = request.ValuesOf(choice.Y!);
        return new(Caption(), $"{choice.Y} ↓ {choice.X} →", [.. across.Select(Labels.Short)],
        [
            .. upwards.Select((value, j) => (Labels.Short(value), across.Select((_, i) =>
            {
                int cell = j * across.Length + i;
                return Cell(map.Values[cell], map.Errors.Count > 0 ? map.Errors[cell] : null, choice.PointAt(grid, i, j));
            }).ToImmutableArray())),
        ]);
    }

    private FigureTable TableOf(LinePlot plot, ImmutableArray<LinePoint> points, FigureRequest request)
    {
        var grid = request.Sweep.Grid;
        var across = request.ValuesOf(choice.X);
        var byPlace = points.ToDictionary(point => point.X);
        bool hasTheory = points.Any(point => point.Theory is not null);
        return new(Caption(), choice.X, hasTheory ? [choice.Column.Name, "theory"] : [choice.Column.Name],
        [
            .. across.Select((value, i) =>
            {
                double place = plot.X.HasWords ? i : value.AsReal();
                var point = byPlace.GetValueOrDefault(place);
                var measured = Cell(point.Value, point.StandardError, choice.PointAt(grid, i, 0));
                ImmutableArray<FigureCell> cells = hasTheory
                    ? [measured, new(point.Theory is { } theory ? Numbers.Significant(theory, 5) : "–", null)]
                    : [measured];
                return (Labels.Short(value), cells);
            }),
        ]);
    }

    private static FigureCell Text(string text, string address) => new(text, address);

    private FigureCell Cell(double? value, double? error, long point) =>
        Text(value is { } number ? Numbers.WithError(number, error) : "–", Addresses.OfPoint(id, point));

    private string Caption() => string.Join(", ",
        [SvgText.WithoutMarkup(choice.Column.Label) + (choice.Column.Unit is "1" or "" ? "" : $" ({choice.Column.Unit})"),
            .. choice.Pins.Select(pin => $"{pin.Axis.Name} {Labels.Short(pin.Value)}")]);
}
