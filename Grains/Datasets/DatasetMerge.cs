using Sweeps.Grains.Datasets.Disk;

namespace Sweeps.Grains.Datasets;

/// <summary>
/// Turns the parts of a complete sweep into a few sorted files: both tables are written anew in staging, and each folder exchanges places with
/// its new one, curves first. Before the exchange of the points a crash undoes it all; after it, the sweep is merged, and old files are litter.
/// </summary>
internal static class DatasetMerge
{
    private const string StagedPoints = "merged-points";
    private const string StagedCurves = "merged-curves";

    /// <returns>False if this file system cannot exchange folders: the parts stay.</returns>
    /// <exception cref="Tables.TableFileException">A part is damaged.</exception>
    /// <exception cref="DatasetException">The parts do not hold what they should.</exception>
    public static bool Run(PartPublication publication, long pointsDone, CancellationToken cancellation)
    {
        var (folder, disk) = (publication.Folder, publication.Disk);
        if (!CanExchange(publication)) return false;
        long rows = Write(publication, folder.Points, publication.PointsSchema, StagedPoints, true, cancellation);
        if (rows != pointsDone) throw new DatasetException($"{folder.Points} has {rows} rows instead of {pointsDone}; restore it from a copy");
        if (publication.CurvesSchema is { } curves)
        {
            Write(publication, folder.Curves, curves, StagedCurves, false, cancellation);
            if (!Exchange(publication, StagedCurves, folder.Curves)) return false;
        }
        if (!Exchange(publication, StagedPoints, folder.Points)) return false;
        disk.Empty(folder.Staging);
        return true;
    }

    private static long Write(
        PartPublication publication, string table, Tables.TableSchema schema, string staged, bool onePerPoint, CancellationToken cancellation)
    {
        var streams = SortedRows.StreamsOf(publication.Folder, table).Select(files => SortedRows.Read(files, publication.Format));
        var rows = SortedRows.Merge(streams, onePerPoint);
        return SortedRows.Write(publication, rows, schema, staged, DatasetFolder.MergedName, cancellation);
    }

    private static bool Exchange(PartPublication publication, string staged, string table)
    {
        var (folder, disk) = (publication.Folder, publication.Disk);
        if (!disk.TryExchange(folder.Staged(staged), table)) return false;
        disk.SyncFolder(folder.Staging);
        disk.SyncFolder(folder.Root);
        return true;
    }

    // Tried on empty folders, before hours of rows are written for nothing.
    private static bool CanExchange(PartPublication publication)
    {
        var (one, other) = (publication.Folder.Staged("one"), publication.Folder.Staged("other"));
        publication.Disk.CreateFolder(one);
        publication.Disk.CreateFolder(other);
        bool can = publication.Disk.TryExchange(one, other);
        publication.Disk.DeleteEmptyFolder(one);
        publication.Disk.DeleteEmptyFolder(other);
        return can;
    }
}
