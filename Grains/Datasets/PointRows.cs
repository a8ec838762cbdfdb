using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Datasets;

/// <summary>Rows of finished points in grid order, and the points that failed among them.</summary>
public sealed class PointRows
{
    private readonly SweepSpec spec;

    /// <param name="spec">The sweep.</param>
    /// <param name="device">Kind of device that measures.</param>
    /// <param name="pointsSchema">Of the sweep; shared, so that a batch of few points costs little.</param>
    /// <param name="curvesSchema">Of the sweep; null if it has no curves.</param>
    public PointRows(SweepSpec spec, string device, TableSchema pointsSchema, TableSchema? curvesSchema)
    {
        (this.spec, Device) = (spec, device);
        Points = new(pointsSchema);
        Curves = curvesSchema is null ? null : new(curvesSchema);
    }

    /// <summary>Kind of device that measures the points added from now on.</summary>
    public string Device { get; set; }

    public TableBatch Points { get; }

    /// <summary>Null if the sweep has no curves.</summary>
    public TableBatch? Curves { get; }

    public List<FailedPoint> Failed { get; } = [];

    /// <summary>Adds a measured point; one with a number that is not finite is added as failed.</summary>
    /// <returns>Whether the point has a row now.</returns>
    public bool Add(long point, PointKeys keys, PointResult result)
    {
        var quantities = spec.Experiment.Quantities(spec.Measures);
        if (Mistake(result, quantities) is { } mistake)
        {
            AddFailed(point, keys, nameof(ArithmeticException), mistake);
            return false;
        }
        int column = 0;
        ((ColumnBuffer<long>)Points.Columns[column++]).Append(point);
        foreach (var value in keys.Values) AddKey(Points.Columns[column++], value);
        for (int i = 0; i < quantities.Length; i++)
        {
            var estimate = result.Estimates[i];
            if (quantities[i].TheoryOnly)
            {
                AddReal(estimate.Theory);
                continue;
            }
            AddReal(estimate.Value);
            AddReal(estimate.StandardError);
            AddReal(estimate.Theory);
            AddReal(estimate.Shift);
            AddReal(estimate.Z);
        }
        ((ColumnBuffer<string>)Points.Columns[column]).Append(Device);
        if (Curves is not null) AddCurves(point, result);
        return true;

        void AddReal(double? value) => Add(Points.Columns[column++], value);
    }

    public void AddFailed(long point, PointKeys keys, string error, string cause) =>
        Failed.Add(FailedPoint.Of(point, keys, error, cause));

    private void AddCurves(long point, PointResult result)
    {
        var columns = Curves!.Columns;
        foreach (var sample in result.Curves)
        {
            ((ColumnBuffer<long>)columns[0]).Append(point);
            ((ColumnBuffer<string>)columns[1]).Append(sample.Observable);
            ((ColumnBuffer<double>)columns[2]).Append(sample.T);
            Add(columns[3], sample.Estimate.Value);
            Add(columns[4], sample.Estimate.StandardError);
            Add(columns[5], sample.Estimate.Theory);
        }
    }

    private static void AddKey(ColumnBuffer column, KeyValue value)
    {
        switch (column)
        {
            case ColumnBuffer<long> integers when !value.IsNull:
                integers.Append(value.AsInteger());
                break;
            case ColumnBuffer<double> reals when !value.IsNull:
                reals.Append(value.AsReal());
                break;
            case ColumnBuffer<string> words when !value.IsNull:
                words.Append(value.AsWord());
                break;
            default:
                column.AppendNull();
                break;
        }
    }

    private static void Add(ColumnBuffer column, double? value)
    {
        if (value is { } number) ((ColumnBuffer<double>)column).Append(number);
        else column.AppendNull();
    }

    private static string? Mistake(PointResult result, System.Collections.Immutable.ImmutableArray<Quantity> quantities)
    {
        if (result.Estimates.Length != quantities.Length)
            return $"the experiment gave {result.Estimates.Length} estimates for {quantities.Length} quantities";
        for (int i = 0; i < quantities.Length; i++)
            if (!IsFinite(result.Estimates[i])) return $"{quantities[i].Name} is not finite";
        foreach (var sample in result.Curves)
            if (!double.IsFinite(sample.T) || !IsFinite(sample.Estimate)) return $"{sample.Observable} is not finite";
        return null;
    }

    private static bool IsFinite(Estimate estimate) => IsFinite(estimate.Value) && IsFinite(estimate.StandardError)
        && IsFinite(estimate.Theory) && IsFinite(estimate.Shift) && IsFinite(estimate.Z);

    private static bool IsFinite(double? value) => value is not { } number || double.IsFinite(number);
}
