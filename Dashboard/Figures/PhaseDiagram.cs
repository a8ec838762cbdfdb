using System.Collections.Immutable;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Plots;

namespace Sweeps.Dashboard.Figures;

/// <summary>A quantity over two axes, its closed form as lines on top.</summary>
internal static class PhaseDiagram
{
    // Lines bend smoothly at print size; more costs time and shows nothing.
    private const int FineCount = 41;

    /// <summary>A map of more has several cells in each dot of a page, and takes gigabytes to draw.</summary>
    public const int MostCells = 4_000_000;

    /// <summary>Why a map over so many values is too large, for the caller to add what to do; null if it is not.</summary>
    public static string? Excess(int across, int upwards) => (long)across * upwards <= MostCells ? null
        : $"the figure has {Numbers.Count(across)} × {Numbers.Count(upwards)} cells, "
            + $"more than the {Numbers.Count(MostCells)} that can be shown";

    public static HeatMap Of(FigureRequest request, string x, string y, MeasuredColumn column)
    {
        PlotAxis across = request.Side(x), upwards = request.Side(y);
        var fine = column.HasBoundary ? Fine(request, x, y, across, upwards, column.Quantity.Name) : null;
        var cells = new Cells(request, x, y, column, hasFine: fine is not null);
        return new HeatMap
        {
            X = across,
            Y = upwards,
            Quantity = column.Label,
            Unit = column.Unit,
            Values = cells.Values,
            Errors = cells.Errors,
            Theory = cells.Theory,
            FineTheory = fine,
            TheoryName = column.IsDeviation ? $"{Labels.Of(column.Quantity.Name)}, theory" : "theory",
            Colours = column.IsDeviation ? ColourMap.BlueOrange : ColourMap.Viridis,
            NullMeaning = cells.NullMeaning,
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
        private readonly int? failed;
        private int finished;
        private int withoutCrossing;
        private int notFound;

        public Cells(FigureRequest request, string x, string y, MeasuredColumn column, bool hasFine)
        {
            int xAxis = GridSelection.IndexOf(request.Sweep.Grid, x), yAxis = GridSelection.IndexOf(request.Sweep.Grid, y);
            int[] acrossPlaces = Places(request, xAxis), upwardsPlaces = Places(request, yAxis);
            int width = request.Selection.Chosen[xAxis].Length;
            Count = width * request.Selection.Chosen[yAxis].Length;
            // Of a million points nothing is read that is not drawn.
            bool hasTooltips = Count <= CellPainter.MostTooltips;
            string? errors = hasTooltips ? column.ErrorColumn : null;
            string? theory = hasTooltips || !hasFine ? column.TheoryColumn : null;
            Values = new double?[Count];
            Errors = errors is null ? [] : new double?[Count];
            Theory = theory is null ? [] : new double?[Count];
            string[] read = [.. new[] { column.Name, errors, theory }.OfType<string>().Distinct()];
            int errorAt = Array.IndexOf(read, errors), theoryAt = Array.IndexOf(read, theory);
            int[] coordinates = new int[request.Sweep.Grid.Axes.Length];
            new SelectedRows(request.Sweep, request.Selection, null, request.Interruption).Visit(read, (batch, row, point) =>
            {
                request.Sweep.Grid.Coordinates(point, coordinates);
                int cell = upwardsPlaces[coordinates[yAxis]] * width + acrossPlaces[coordinates[xAxis]];
                Values[cell] = RowText.Number(batch.Columns[0], row);
                if (errorAt >= 0) Errors[cell] = RowText.Number(batch.Columns[errorAt], row);
                if (theoryAt >= 0) Theory[cell] = RowText.Number(batch.Columns[theoryAt], row);
                finished++;
                if (Values[cell] is not null) return;
                if (theoryAt >= 0 && Theory[cell] is not null) notFound++;
                else withoutCrossing++;
            });
            failed = finished == Count ? 0 : CountFailed(request);
        }

        public int Count { get; }

        /// <summary>What it may mean that a cell is empty.</summary>
        public string NullMeaning
        {
            get
            {
                List<string> meanings = [];
                if (withoutCrossing > 0) meanings.Add(MissingValue.NoCrossing);
                if (notFound > 0) meanings.Add(MissingValue.NotFound);
                if (failed is not 0) meanings.Add("failed");
                if (failed is null || finished + failed < Count) meanings.Add("not finished");
                return string.Join(" or ", meanings);
            }
        }

        public double?[] Values { get; }

        /// <summary>Empty where none are drawn.</summary>
        public double?[] Errors { get; }

        /// <summary>Empty where none is drawn.</summary>
        public double?[] Theory { get; }

        // Null where it cannot be told: files move now and then, or are damaged, and for the sake of a legend no figure fails.
        private static int? CountFailed(FigureRequest request)
        {
            try
            {
                return request.Sweep.FailedPoints().Count(one => request.Selection.Contains(one.Point));
            }
            catch (Exception unread) when (UnreadDataset.Is(unread))
            {
                return null;
            }
        }

        // Of each value of an axis, its place among the chosen ones.
        private static int[] Places(FigureRequest request, int axis)
        {
            int[] places = new int[request.Sweep.Grid.Axes[axis].Values.Length];
            foreach (var (place, value) in request.Selection.Chosen[axis].Index()) places[value] = place;
            return places;
        }
    }
}
