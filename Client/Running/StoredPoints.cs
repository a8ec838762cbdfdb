using Sweeps.Dashboard.Datasets;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Client.Running;

/// <summary>Rows to look at again: spread evenly over those that there are, the first and the last among them.</summary>
internal static class StoredPoints
{
    /// <param name="sweep">Where they are.</param>
    /// <param name="count">How many; all, if there are fewer.</param>
    /// <returns>Batches with all columns, and a row in each.</returns>
    public static IEnumerable<(TableBatch Batch, int Row)> Spread(SweepFolder sweep, long count)
    {
        long finished = sweep.FinishedPoints, taken = 0, before = 0;
        count = Math.Min(count, finished);
        foreach (var batch in sweep.Reader.ReadPoints())
        {
            while (taken < count && Place(taken, count, finished) < before + batch.RowCount)
                yield return (batch, (int)(Place(taken++, count, finished) - before));
            if (taken == count) yield break;
            before += batch.RowCount;
        }
    }

    // The k-th of n places over all rows; a lone one in the middle.
    private static long Place(long number, long count, long rows) =>
        count == 1 ? rows / 2 : (long)((decimal)number * (rows - 1) / (count - 1));
}
