using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Dashboard.Datasets;

/// <summary>
/// The chosen rows of <c>points</c>, read as they are asked for, a batch at a time, only the columns that are needed.
/// </summary>
/// <param name="Sweep">Where they are.</param>
/// <param name="Selection">Which are wanted.</param>
/// <param name="Limit">At most so many; null for all.</param>
/// <param name="Interruption">Ends the reading.</param>
internal sealed record SelectedRows(SweepFolder Sweep, GridSelection Selection, long? Limit, CancellationToken Interruption)
{
    /// <summary>Calls <paramref name="visit"/> with the batch (the columns asked for, in that order), the row and the point.</summary>
    public void Visit(IReadOnlyList<string> columns, Action<TableBatch, int, long> visit)
    {
        long left = Limit ?? long.MaxValue;
        string[] read = columns.Contains("point") ? [.. columns] : [.. columns, "point"];
        foreach (var batch in Sweep.ReadPoints(read))
        {
            var points = batch.Column<long>("point").Values;
            for (int row = 0; row < points.Length; row++)
            {
                if (left == 0) return;
                if (!Selection.Contains(points[row])) continue;
                visit(batch, row, points[row]);
                left--;
            }
            Interruption.ThrowIfCancellationRequested();
        }
    }
}
