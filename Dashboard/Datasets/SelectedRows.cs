using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Dashboard.Datasets;

/// <summary>
/// The chosen rows of <c>points</c>, read as they are asked for, a batch at a time, only the columns that are needed.
/// </summary>
/// <param name="Sweep">Where they are.</param>
/// <param name="Selection">Which are wanted.</param>
/// <param name="Limit">At most so many; null for all.</param>
/// <param name="Interruption">Ends the reading.</param>
internal sealed record SelectedRows(SweepFolder Sweep, GridSelection Selection, long? Limit, CancellationToken Interruption) : IRowSelection
{
    /// <inheritdoc/>
    public TableSchema Columns => Sweep.PointColumns;

    /// <inheritdoc/>
    public IEnumerable<RowSlice> Slices(IReadOnlyList<string> columns) => RowSlices.Of(
        Sweep.ReadPoints(columns.Contains(PointsSchema.Point) ? columns : [.. columns, PointsSchema.Point]),
        batch =>
        {
            var points = batch.Column<long>(PointsSchema.Point);
            return row => Selection.Contains(points[row]);
        },
        Limit, Interruption);

    /// <summary>Calls <paramref name="visit"/> with the batch (the columns asked for, in that order), the row and the point.</summary>
    public void Visit(IReadOnlyList<string> columns, Action<TableBatch, int, long> visit)
    {
        foreach (var slice in Slices(columns))
        {
            var points = slice.Batch.Column<long>(PointsSchema.Point).Values;
            foreach (int row in slice.Rows.Span) visit(slice.Batch, row, points[row]);
        }
    }
}
