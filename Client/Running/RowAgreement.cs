using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Client.Running;

/// <summary>
/// Compares rows of two kinds of device, whose random words are the same and whose roundings are not: a rounding may move a value by a small part of its
/// standard error, never by what another sample would.
/// </summary>
internal sealed class RowAgreement
{
    /// <summary>Values may differ by this much of a standard error; independent samples differ by more nine times in ten.</summary>
    public const double LargestShare = 0.125;

    /// <summary>Where there is no error to speak of: single precision, added up.</summary>
    private const double Rounding = 1e-5;

    /// <summary>
    /// The largest difference so far, in standard errors of what is stored; where that is no larger than single precision adds up to, in both together.
    /// Rows agree as long as it is at most <see cref="LargestShare"/>.
    /// </summary>
    public double Worst { get; private set; }

    /// <summary>Where it was; null as long as there was none.</summary>
    public string? WorstPlace { get; private set; }

    /// <summary>A sentence per quantity that differs by more than roundings explain.</summary>
    public IEnumerable<string> OfPoint(string where, IEnumerable<Quantity> quantities, TableBatch stored, int storedRow, TableBatch computed, int computedRow)
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
        string observable = (string)stored.Columns[stored.Schema.RequiredIndexOf(CurvesSchema.Observable)].At(storedRow)!;
        double t = Real(stored, CurvesSchema.T, storedRow)!.Value;
        if (!observable.Equals(computed.Columns[computed.Schema.RequiredIndexOf(CurvesSchema.Observable)].At(computedRow)) || t != Real(computed, CurvesSchema.T, computedRow))
            return $"{where}: another observable or time is stored than computed";
        return Difference($"{where}: {observable} at t = {Display.Numbers.Exact(t)}", Real(stored, CurvesSchema.Value, storedRow),
            Real(computed, CurvesSchema.Value, computedRow), Real(stored, CurvesSchema.StandardError, storedRow));
    }

    private static double? Real(TableBatch batch, string column, int row) => (double?)batch.Columns[batch.Schema.RequiredIndexOf(column)].At(row);

    private string? Difference(string place, double? stored, double? computed, double? error)
    {
        if (stored is null && computed is null) return null;
        if (stored is not { } before || computed is not { } now) return $"{place} is stored as {Shown(stored)}, and computed as {Shown(computed)}";
        double difference = Math.Abs(before - now);
        double share = difference / ((error ?? 0) + Rounding / LargestShare * Math.Max(1, Math.Abs(before)));
        if (share > Worst) (Worst, WorstPlace) = (share, place);
        return share <= LargestShare ? null : $"{place} is stored as {Shown(before)}, and computed as {Shown(now)}, standard error {Shown(error)}";
    }

    private static string Shown(double? value) => value is { } real ? Display.Numbers.Exact(real) : "nothing";
}
