using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Datasets;

/// <summary>The columns of <c>curves</c>, in long form: a row per point, observable and time.</summary>
public static class CurvesSchema
{
    public const string Point = PointsSchema.Point;
    public const string Observable = "observable";
    public const string T = "t";
    public const string Value = "value";
    public const string StandardError = "se";
    public const string Theory = "theory";

    /// <summary>Whether a sweep has curves at all.</summary>
    public static bool HasCurves(SweepSpec spec) =>
        spec.Times is not { IsEmpty: true } && !spec.Experiment.Observables(spec.Measures).IsEmpty;

    public static TableSchema Of(SweepSpec spec)
    {
        string words = string.Join(", ", spec.Experiment.Observables(spec.Measures).Select(o => $"{o.Name} [{o.Unit}]: {o.Description}"));
        return new(
        [
            new(Point, ColumnType.Int64, Unit: "1", Description: "grid index, as in points"),
            new(Observable, ColumnType.Text, Description: words),
            new(T, ColumnType.Double, Unit: "OU time", Description: "time on the sampler's grid"),
            new(Value, ColumnType.Double, true, Description: "measured value, in the observable's unit"),
            new(StandardError, ColumnType.Double, true, Description: "standard error of value"),
            new(Theory, ColumnType.Double, true, Description: "closed form at t"),
        ]);
    }
}
