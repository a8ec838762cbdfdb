using Sweeps.Dashboard.Datasets;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Workers;

namespace Sweeps.Client.Running;

/// <summary>
/// Recomputes stored points and compares all of their rows: bit by bit where the same kind of device measured them, else within rounding.
/// </summary>
internal sealed class PointCheck(SweepFolder sweep, ILaneDevice device, ParallelLoop loop)
{
    /// <summary>Points of the same kind of device.</summary>
    public long ByBits { get; private set; }

    /// <summary>Points of another kind.</summary>
    public long WithinRounding { get; private set; }

    /// <summary>How far those agree.</summary>
    public RowAgreement Agreement { get; } = new();

    /// <summary>A sentence per difference of one point.</summary>
    /// <param name="stored">A batch with all columns, and the point's row in it.</param>
    /// <param name="row">See <paramref name="stored"/>.</param>
    /// <param name="interruption">Ends the measurement.</param>
    public List<string> Differences(TableBatch stored, int row, CancellationToken interruption)
    {
        long point = stored.Column<long>(PointsSchema.Point)[row];
        var keys = sweep.Grid.KeysAt(point);
        using var resources = device.ResourcesFor(sweep.Spec, keys, loop);
        var computed = new PointRows(sweep.Spec, resources.Device, sweep.Reader.PointsSchema, sweep.Reader.CurvesSchema);
        try
        {
            var result = sweep.Spec.Experiment.Measure(keys, sweep.Spec.Request, resources.Resources, interruption);
            if (!computed.Add(point, keys, result)) return [$"point {point}: it is stored, but fails now: {computed.Failed[0].Cause}"];
        }
        catch (ArithmeticException error)
        {
            return [$"point {point}: it is stored, but fails now: {error.Message}"];
        }
        bool isSameKind = resources.Device.Equals(stored.Columns[stored.Schema.RequiredIndexOf(PointsSchema.Device)].At(row));
        if (isSameKind) ByBits++;
        else WithinRounding++;
        return Differences(point, stored, row, computed, isSameKind);
    }

    private List<string> Differences(long point, TableBatch stored, int row, PointRows computed, bool byBits)
    {
        string where = $"point {point}";
        List<string> differences = byBits
            ? [.. RowComparison.Differences(where, stored, row, computed.Points, 0)]
            : [.. Agreement.OfPoint(where, sweep.Spec.Experiment.Quantities(sweep.Spec.Measures), stored, row, computed.Points, 0)];
        if (computed.Curves is { } curves) differences.AddRange(CurveDifferences(point, curves, byBits));
        return differences;
    }

    private IEnumerable<string> CurveDifferences(long point, TableBatch computed, bool byBits)
    {
        int row = 0;
        foreach (var (batch, stored) in sweep.CurveRows(point))
        {
            if (row < computed.RowCount)
            {
                if (byBits)
                    foreach (string difference in RowComparison.Differences($"point {point}, curve row {row}", batch, stored, computed, row))
                        yield return difference;
                else if (Agreement.OfCurve($"point {point}", batch, stored, computed, row) is { } difference)
                    yield return difference;
            }
            row++;
        }
        if (row != computed.RowCount) yield return $"point {point}: {row} curve rows are stored, and {computed.RowCount} computed";
    }
}
