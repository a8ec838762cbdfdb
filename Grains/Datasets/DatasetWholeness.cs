using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Datasets;

/// <summary>
/// Files that somebody took away: without this check their rows would count as failed, stand twice after a resume, or stay away unseen.
/// For the holder of the lock; a reader could meet a merge half way.
/// </summary>
internal static class DatasetWholeness
{
    /// <param name="folder">The dataset.</param>
    /// <param name="spec">Its spec.</param>
    /// <param name="plan">Its chunks.</param>
    /// <param name="listing">What is there.</param>
    /// <param name="excusesEmptyParts">
    /// Where missing points are computed again: parts without rows may lack curves and failures, since a silo that ends a sweep may die
    /// between placing the part of a given-up chunk and its failures.
    /// </param>
    /// <exception cref="DatasetException">Rows are missing that nothing explains.</exception>
    public static void Check(DatasetFolder folder, SweepSpec spec, ChunkPlan plan, PartListing listing, bool excusesEmptyParts = false)
    {
        List<Chunk> excused = excusesEmptyParts ? listing.EmptyParts : [];
        CheckFailures(folder, listing, excused);
        if (CurvesSchema.HasCurves(spec)) CheckCurves(folder, plan, listing, excused);
    }

    private static void CheckFailures(DatasetFolder folder, PartListing listing, List<Chunk> excused)
    {
        if (listing.PointsFailed == 0) return;
        HashSet<long> recorded =
            [.. DatasetFolder.FilesIn(folder.Failures, "*.jsonl").SelectMany(FailedPoint.Read).Select(failed => failed.Point)];
        foreach (var chunk in excused)
            for (long point = chunk.FirstPoint; point < chunk.EndPoint; point++) recorded.Add(point);
        if (listing.PointsFailed > recorded.Count)
            throw DatasetException.Damage($"{folder.Points} lacks {listing.PointsFailed - recorded.Count} rows that no failure on record "
                + "explains; restore points/ and failures/ from a copy, or begin the sweep in another folder");
    }

    private static void CheckCurves(DatasetFolder folder, ChunkPlan plan, PartListing listing, List<Chunk> excused)
    {
        string[] curves = [.. DatasetFolder.FilesIn(folder.Curves).Select(path => Path.GetFileName(path))];
        if (curves.Any(DatasetFolder.IsMerged))
        {
            // Curves are merged when every chunk is there.
            if (!listing.IsComplete)
                throw DatasetException.Damage($"{folder.Curves} holds the curves of all {plan.PointCount} points, and {folder.Points} lacks "
                    + "some of them; restore points/ from a copy, or empty both folders and resume to compute all again");
            return;
        }
        foreach (string points in DatasetFolder.FilesIn(folder.Points).Select(path => Path.GetFileName(path)))
        {
            if (excused.Any(chunk => DatasetFolder.PartName(chunk.FirstPoint) == points)) continue;
            bool isThere = !DatasetFolder.IsMerged(points) && (DatasetFolder.IsKept(points)
                ? curves.Any(DatasetFolder.IsKept)
                : curves.Contains(points));
            if (!isThere)
                throw DatasetException.Damage($"{folder.Curves} lacks the curves of points/{points}; restore them from a copy, "
                    + (DatasetFolder.FirstPointOf(points) is null
                        ? "or begin the sweep in another folder"
                        : $"or delete points/{points} and resume to compute it again"));
        }
    }
}
