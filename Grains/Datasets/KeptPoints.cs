using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Datasets;

/// <summary>The points that an extension kept, measured or failed.</summary>
internal static class KeptPoints
{
    /// <summary>All of a dataset; no other part is opened.</summary>
    /// <exception cref="TableFileException">A file is damaged.</exception>
    /// <exception cref="DatasetException">The failures are damaged.</exception>
    public static PointSet Read(DatasetFolder folder, ITableFormat format)
    {
        var kept = new PointSet();
        foreach (string path in DatasetFolder.FilesIn(folder.Points).Where(path => DatasetFolder.IsKept(Path.GetFileName(path))))
        {
            using var file = format.Open(path);
            AddRows(kept, file);
        }
        AddFailures(kept, folder);
        return kept;
    }

    public static void AddRows(PointSet kept, ITableReader file)
    {
        for (int group = 0; group < file.RowGroups.Length; group++)
            foreach (long point in file.ReadRowGroup(group, [PointsSchema.Point]).Column<long>(PointsSchema.Point).Values)
                kept.Add(point);
    }

    /// <returns>How many points were not in the set.</returns>
    public static long AddFailures(PointSet kept, DatasetFolder folder)
    {
        long before = kept.Count;
        foreach (string path in DatasetFolder.FilesIn(folder.Failures, "*.jsonl").Where(path => DatasetFolder.IsKept(Path.GetFileName(path))))
            foreach (var failed in FailedPoint.Read(path))
                kept.Add(failed.Point);
        return kept.Count - before;
    }
}
