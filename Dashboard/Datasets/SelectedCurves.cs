using System.Collections.Immutable;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Dashboard.Datasets;

/// <summary>The chosen rows of <c>curves</c>, read as they are asked for, a batch at a time.</summary>
/// <param name="Sweep">Where they are; of a sweep that has curves.</param>
/// <param name="Selection">The points whose rows are wanted.</param>
/// <param name="Point">The one point whose rows are wanted; null for all that are selected.</param>
/// <param name="Observables">Which are wanted; empty for all.</param>
/// <param name="Limit">At most so many rows; null for all.</param>
/// <param name="Interruption">Ends the reading.</param>
internal sealed record SelectedCurves(
    SweepFolder Sweep, GridSelection Selection, long? Point, ImmutableArray<string> Observables, long? Limit, CancellationToken Interruption)
    : IRowSelection
{
    /// <inheritdoc/>
    public TableSchema Columns => Sweep.Reader.CurvesSchema ?? throw new InvalidOperationException("the sweep has no curves");

    /// <inheritdoc/>
    public IEnumerable<RowSlice> Slices(IReadOnlyList<string> columns)
    {
        var schema = Columns.Select([.. columns, .. Columns.Columns.Select(column => column.Name).Except(columns)]);
        return RowSlices.Of(
            Sweep.Reader.ReadCurves(Point).Select(batch => new TableBatch(schema,
                [.. schema.Columns.Select(column => batch.Columns[batch.Schema.RequiredIndexOf(column.Name)])])),
            batch =>
            {
                var points = batch.Column<long>(CurvesSchema.Point);
                var observables = batch.Column<string>(CurvesSchema.Observable);
                return row => (Observables.IsEmpty || Observables.Contains(observables[row])) && Selection.Contains(points[row]);
            },
            Limit, Interruption);
    }
}
