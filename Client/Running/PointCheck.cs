using Sweeps.Client.Datasets;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Client.Running;

/// <summary>Recomputes a stored point and compares all of its rows.</summary>
internal sealed class PointCheck(SweepFolder sweep, string device, IParallelLoop loop)
{
    private readonly TableSchema points = PointsSchema.Of(sweep.Spec);
    private readonly TableSchema? curves = CurvesSchema.HasCurves(sweep.Spec) ? CurvesSchema.Of(sweep.Spec) : null;

    /// <summary>A sentence per difference.</summary>
    public List<string> Differences(long point, CancellationToken interruption)
    {
        var keys = sweep.Grid.KeysAt(point);
        var computed = new PointRows(sweep.Spec, device, points, curves);
        try
        {
            var result = sweep.Spec.Experiment.Measure(keys, sweep.Spec.Request, loop, interruption);
            if (!computed.Add(point, keys, result)) return [$"point {point}: {computed.Failed[0].Cause}"];
        }
        catch (ArithmeticException error)
        {
            return [$"point {point}: it is stored, but fails now: {error.Message}"];
        }

        List<string> differences = [];
        var (batch, row) = sweep.PointRow(point, [.. points.Columns.Select(column => column.Name)]);
        differences.AddRange(RowComparison.Differences($"point {point}", batch, row, computed.Points, 0));
        if (computed.Curves is { } expected) differences.AddRange(CurveDifferences(point, expected));
        return differences;
    }

    private IEnumerable<string> CurveDifferences(long point, TableBatch computed)
    {
        int row = 0;
        foreach (var (batch, stored) in sweep.CurveRows(point, [.. curves!.Columns.Select(column => column.Name)]))
        {
            if (row < computed.RowCount)
                foreach (string difference in RowComparison.Differences($"point {point}, curve row {row}", batch, stored, computed, row))
                    yield return difference;
            row++;
        }
        if (row != computed.RowCount) yield return $"point {point}: {row} curve rows are stored, and {computed.RowCount} computed";
    }
}
