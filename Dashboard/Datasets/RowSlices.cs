using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Dashboard.Datasets;

/// <summary>Cuts batches into the rows that are wanted.</summary>
internal static class RowSlices
{
    // What is made of a slice, texts for example, is held in memory whole.
    private const int LongestSlice = 4096;

    /// <param name="batches">Rows as they are read.</param>
    /// <param name="wantedOf">Which rows of a batch are.</param>
    /// <param name="limit">At most so many; null for all.</param>
    /// <param name="interruption">Ends the reading.</param>
    public static IEnumerable<RowSlice> Of(
        IEnumerable<TableBatch> batches, Func<TableBatch, Predicate<int>> wantedOf, long? limit, CancellationToken interruption)
    {
        long left = limit ?? long.MaxValue;
        if (left == 0) yield break;
        int[] rows = new int[LongestSlice];
        foreach (var batch in batches)
        {
            interruption.ThrowIfCancellationRequested();
            var isWanted = wantedOf(batch);
            int count = 0;
            for (int row = 0; row < batch.RowCount && left > 0; row++)
            {
                if (!isWanted(row)) continue;
                rows[count++] = row;
                left--;
                if (count < LongestSlice) continue;
                yield return new(batch, rows);
                interruption.ThrowIfCancellationRequested();
                count = 0;
            }
            if (count > 0) yield return new(batch, rows.AsMemory(0, count));
            if (left == 0) yield break;
        }
    }
}
