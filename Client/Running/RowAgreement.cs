using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Display;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Client.Running;

/// <summary>Compares rows of two kinds of device by <see cref="DeviceAgreement"/>.</summary>
internal sealed class RowAgreement
{
    /// <summary>The largest <see cref="DeviceAgreement.Difference"/> so far.</summary>
    public double Worst { get; private set; }

    /// <summary>Where it was; null as long as there was none.</summary>
    public string? WorstPlace { get; private set; }

    /// <summary>A sentence per quantity that differs by more than roundings explain.</summary>
    public IEnumerable<string> OfPoint(
        string where, IEnumerable<Quantity> quantities, TableBatch stored, int storedRow, TableBatch computed, int computedRow)
    {
        foreach (Quantity quantity in quantities)
        {
            string error = quantity.TheoryOnly ? "" : quantity.Name + PointsSchema.Companions[0];
            if (Difference($"{where}: {quantity.Name}", Real(stored, quantity.Name, storedRow), Real(computed, quantity.Name, computedRow),
                error.Length == 0 ? null : Real(stored, error, storedRow)) is { } sentence)
                yield return sentence;
        }
    }

    /// <summary>The same for a row of a curve.</summary>
    public string? OfCurve(string where, TableBatch stored, int storedRow, TableBatch computed, int computedRow)
    {
        string observable = stored.Column<string>(CurvesSchema.Observable)[storedRow];
        double t = Real(stored, CurvesSchema.T, storedRow)!.Value;
        if (observable != computed.Column<string>(CurvesSchema.Observable)[computedRow] || t != Real(computed, CurvesSchema.T, computedRow))
            return $"{where}: another observable or time is stored than computed";
        return Difference($"{where}: {observable} at t = {Numbers.Exact(t)}", Real(stored, CurvesSchema.Value, storedRow),
            Real(computed, CurvesSchema.Value, computedRow), Real(stored, CurvesSchema.StandardError, storedRow));
    }

    private static double? Real(TableBatch batch, string column, int row) => (double?)batch.Columns[batch.Schema.RequiredIndexOf(column)].At(row);

    private string? Difference(string place, double? stored, double? computed, double? error)
    {
        if (stored is { } before && computed is { } now && DeviceAgreement.Difference(before, error, now) is var difference && difference > Worst)
            (Worst, WorstPlace) = (difference, place);
        return DeviceAgreement.Holds(stored, error, computed)
            ? null
            : $"{place} is stored as {Shown(stored)}, and computed as {Shown(computed)}{(stored is null || computed is null || error is null ? "" : $", standard error {Shown(error)}")}";
    }

    private static string Shown(double? value) => value is { } real ? Numbers.Exact(real) : "nothing";
}
