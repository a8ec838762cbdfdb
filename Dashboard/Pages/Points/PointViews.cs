using System.Collections.Immutable;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Datasets;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Figures;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Plots;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Pages.Points;

/// <summary>Reads what the page of a point shows.</summary>
internal sealed class PointViews(SweepSource source)
{
    private static readonly PlotSize CurveSize = new(92, 64);

    /// <returns>Null if the sweep has no such point.</returns>
    public async Task<PointView?> FindAsync(ServerSweep sweep, SweepSpec spec, long point, CancellationToken cancellation)
    {
        var grid = new PointGrid(spec);
        if (point < 0 || point >= grid.Count) return null;
        var bare = new PointView(sweep, spec, point, grid.KeysAt(point), Sides(grid, point), [], null, [], null, null);
        try
        {
            var opening = await source.Datasets.OpenAsync(sweep.Id, cancellation).ConfigureAwait(false);
            if (!opening.IsRight) return bare with { Trouble = string.Join("; ", opening.Mistakes) };
            using var dataset = opening.Value;
            if (dataset.Spec.Hash != spec.Hash) return bare with { Trouble = "the grid grows at this moment; the row comes when it has its place" };
            return Read(bare, dataset, sweep.Progress.PointsFailed > 0, cancellation);
        }
        catch (Exception damaged) when (UnreadDataset.Is(damaged))
        {
            return bare with { Trouble = UnreadDataset.Sentence(damaged) };
        }
    }

    private static PointView Read(PointView bare, SweepFolder dataset, bool someFailed, CancellationToken cancellation)
    {
        string[] columns = [.. dataset.PointColumns.Columns.Select(column => column.Name)];
        if (dataset.ReadPoint(bare.Point, columns) is not { } row)
        {
            var failed = someFailed ? dataset.FailedPoints().FirstOrDefault(failed => failed.Point == bare.Point) : null;
            return bare with { Failure = failed is null ? null : $"{failed.Error}: {failed.Cause}" };
        }
        double? Number(string name) => row.Schema.Columns.Any(column => column.Name == name)
            ? RowText.Number(row.Columns[row.Schema.RequiredIndexOf(name)], 0)
            : null;
        var rows = bare.Spec.Experiment.Quantities(bare.Spec.Measures).Select(quantity => quantity.TheoryOnly
            ? new QuantityRow(quantity, null, null, Number(quantity.Name), null, null)
            : new QuantityRow(quantity, Number(quantity.Name), Number($"{quantity.Name}_se"), Number($"{quantity.Name}_theory"),
                Number($"{quantity.Name}_shift"), Number($"{quantity.Name}_z")));
        return bare with
        {
            Rows = [.. rows],
            Device = row.Column<string>(PointsSchema.Device) is var device && !device.IsNull(0) ? device[0] : null,
            Curves = CurvesSchema.HasCurves(bare.Spec) ? Curves(bare, dataset, cancellation) : [],
        };
    }

    private static ImmutableArray<(CurveObservable, string)> Curves(PointView bare, SweepFolder dataset, CancellationToken cancellation)
    {
        var everything = GridSelection.Read(dataset.Grid, []).Value!;
        var request = new FigureRequest(dataset, everything, cancellation);
        var curves = ImmutableArray.CreateBuilder<(CurveObservable, string)>();
        foreach (var observable in bare.Spec.Experiment.Observables(bare.Spec.Measures))
        {
            var plot = PointCurve.Of(request, bare.Point, observable) with { Caption = "" };
            if (plot.Series[0].Points.Length > 0) curves.Add((observable, plot.ToSvg(CurveSize, PlotTheme.Web)));
        }
        return curves.ToImmutable();
    }

    private static ImmutableArray<PointSide> Sides(PointGrid grid, long point)
    {
        int[] at = grid.Coordinates(point);
        var sides = ImmutableArray.CreateBuilder<PointSide>();
        for (int axis = 0; axis < at.Length; axis++)
            if (grid.Axes[axis].Values.Length > 1)
                sides.Add(new(grid.Axes[axis], at[axis], Neighbour(axis, -1), Neighbour(axis, 1)));
        return sides.ToImmutable();

        long? Neighbour(int axis, int step)
        {
            int[] there = [.. at];
            there[axis] += step;
            return there[axis] >= 0 && there[axis] < grid.Axes[axis].Values.Length ? grid.IndexOf(there) : null;
        }
    }
}
