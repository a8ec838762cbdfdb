using Sweeps.Client.Datasets;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Workers;

namespace Sweeps.Client.Running;

/// <summary>Recomputes stored points and compares all of their rows.</summary>
internal sealed class PointCheck(SweepFolder sweep, IParallelLoop loop)
{
    /// <summary>A sentence per difference of one point.</summary>
    /// <param name="stored">A batch with all columns, and the point's row in it.</param>
    /// <param name="row">See <paramref name="stored"/>.</param>
    /// <param name="interruption">Ends the measurement.</param>
    public List<string> Differences(TableBatch stored, int row, CancellationToken interruption)
    {
        long point = stored.Column<long>(PointsSchema.Point)[row];
        var keys = sweep.Grid.KeysAt(point);
        var computed = new PointRows(sweep.Spec, LaneProcessor.Device, sweep.Reader.PointsSchema, sweep.Reader.CurvesSchema);
        try
        {
            var result = sweep.Spec.Experiment.Measure(keys, sweep.Spec.Request, new(loop), interruption);
            if (!computed.Add(point, keys, result)) return [$"point {point}: it is stored, but fails now: {computed.Failed[0].Cause}"];
        }
        catch (ArithmeticException error)
        {
            return [$"point {point}: it is stored, but fails now: {error.Message}"];
        }
        List<string> differences = [.. RowComparison.Differences($"point {point}", stored, row, computed.Points, 0)];
        if (computed.Curves is { } curves) differences.AddRange(CurveDifferences(point, curves));
        return differences;
    }

    private IEnumerable<string> CurveDifferences(long point, TableBatch computed)
    {
        int row = 0;
        foreach (var (batch, stored) in sweep.CurveRows(point))
        {
            if (row < computed.RowCount)
                foreach (string difference in RowComparison.Differences($"point {point}, curve row {row}", batch, stored, computed, row))
                    yield return difference;
            row++;
        }
        if (row != computed.RowCount) yield return $"point {point}: {row} curve rows are stored, and {computed.RowCount} computed";
    }
}
