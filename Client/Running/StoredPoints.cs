using Sweeps.Client.Datasets;

namespace Sweeps.Client.Running;

/// <summary>Finished points to look at again: spread evenly over those that there are, the first and the last among them.</summary>
internal static class StoredPoints
{
    /// <param name="sweep">Where they are.</param>
    /// <param name="count">How many; all, if there are fewer.</param>
    /// <param name="interruption">Ends the reading.</param>
    /// <returns>Grid indices.</returns>
    public static List<long> Spread(SweepFolder sweep, long count, CancellationToken interruption)
    {
        long finished = sweep.FinishedPoints;
        count = Math.Min(count, finished);
        List<long> chosen = [];
        long row = 0;
        foreach (var batch in sweep.ReadPoints(["point"]))
        {
            foreach (long point in batch.Column<long>("point").Values)
            {
                // The k-th of n rows evenly spread: the next one is due when its place is reached.
                long due = count == 1 ? finished / 2 : (long)((decimal)chosen.Count * (finished - 1) / (count - 1));
                if (chosen.Count < count && row == due) chosen.Add(point);
                row++;
            }
            if (chosen.Count == count) break;
            interruption.ThrowIfCancellationRequested();
        }
        return chosen;
    }
}
