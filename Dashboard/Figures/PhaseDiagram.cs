using System.Collections.Immutable;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Plots;

namespace Sweeps.Dashboard.Figures;

/// <summary>A quantity over two axes, its closed form as lines on top.</summary>
internal static class PhaseDiagram
{
    // Lines bend smoothly at print size; more costs time and shows nothing.
    private const int FineCount = 41;

    public static HeatMap Of(FigureRequest request, string x, string y, MeasuredColumn column)
    {
        PlotAxis across = request.Side(x), upwards = request.Side(y);
        var cells = new Cells(request, x, y, column);
        int unfinished = cells.Count - cells.Finished;
        return new HeatMap
        {
            X = across,
            Y = upwards,
            Quantity = column.Label,
            Unit = column.Unit,
            Values = cells.Values,
            Errors = column.ErrorColumn is null ? [] : cells.Errors,
            Theory = column.TheoryColumn is null ? [] : cells.Theory,
            FineTheory = column.HasBoundary ? Fine(request, x, y, across, upwards, column.Quantity.Name) : null,
            TheoryName = column.IsDeviation ? $"{Labels.Of(column.Quantity.Name)}, theory" : "theory",
            Colours = column.IsDeviation ? ColourMap.BlueOrange : ColourMap.Viridis,
            NullMeaning = unfinished == 0 ? "no crossing in window" : "no crossing in window, or not finished",
            Caption = request.Caption(x, y),
        };
    }

    private static FineTheory? Fine(FigureRequest request, string x, string y, PlotAxis across, PlotAxis upwards, string quantity)
    {
        if (across.Count < 2 || upwards.Count < 2
            || HeatMap.RangeOf(across) is not { } rangeX || HeatMap.RangeOf(upwards) is not { } rangeY)
            return null;
        var fineX = FineValues.Between(request.Key(x), rangeX, across.Scale, FineCount);
        var fineY = FineValues.Between(request.Key(y), rangeY, upwards.Scale, FineCount);
        var values = new TheoryAt(request, quantity).Of([.. fineY.SelectMany(b => fineX.Select(a =>
            ImmutableArray.Create((x, a), (y, b))))]);
        return values.Any(value => value is not null)
            ? new FineTheory([.. fineX.Select(value => value.AsReal())], [.. fineY.Select(value => value.AsReal())], values)
            : null;
    }

    /// <summary>The chosen rows, laid out as cells, row after row.</summary>
    private sealed class Cells
    {
        public Cells(FigureRequest request, string x, string y, MeasuredColumn column)
        {
            Dictionary<KeyValue, int> acrossPlaces = Places(request, x), upwardsPlaces = Places(request, y);
            int width = acrossPlaces.Count;
            Count = width * upwardsPlaces.Count;
            (Values, Errors, Theory) = (new double?[Count], new double?[Count], new double?[Count]);
            string[] columns = [column.Name, column.ErrorColumn ?? column.Name, column.TheoryColumn ?? column.Name];
            string[] read = [.. columns.Distinct()];
            int[] at = [.. columns.Select(name => Array.IndexOf(read, name))];
            var spot = new GridSpot(request.Sweep.Grid);
            new SelectedRows(request.Sweep, request.Selection, null, request.Interruption).Visit(read, (batch, row, point) =>
            {
                spot.MoveTo(point);
                int cell = upwardsPlaces[spot.ValueOf(y)] * width + acrossPlaces[spot.ValueOf(x)];
                Values[cell] = RowText.Number(batch.Columns[at[0]], row);
                Errors[cell] = RowText.Number(batch.Columns[at[1]], row);
                Theory[cell] = RowText.Number(batch.Columns[at[2]], row);
                Finished++;
            });
        }

        public int Count { get; }

        public int Finished { get; private set; }

        public double?[] Values { get; }

        public double?[] Errors { get; }

        public double?[] Theory { get; }

        private static Dictionary<KeyValue, int> Places(FigureRequest request, string key) =>
            request.ValuesOf(key).Select((value, place) => (value, place)).ToDictionary(pair => pair.value, pair => pair.place);
    }
}
