namespace Sweeps.Dashboard.Plots;

/// <summary>Numbers on a rectangular grid, in axis coordinates; NaN where there is none.</summary>
/// <param name="X">Rising coordinates of the columns.</param>
/// <param name="Y">Rising coordinates of the rows.</param>
/// <param name="Values">Row after row, <c>Values[j · X.Count + i]</c>.</param>
public sealed record Field(IReadOnlyList<double> X, IReadOnlyList<double> Y, double[] Values)
{
    public double this[int i, int j] => Values[j * X.Count + i];

    public Interval? Range => Interval.Around(Values);
}
