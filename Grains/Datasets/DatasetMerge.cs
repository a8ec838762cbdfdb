using Sweeps.Grains.Datasets.Disk;

namespace Sweeps.Grains.Datasets;

/// <summary>
/// Turns the parts of a complete sweep into a few sorted files: both tables are written anew in staging, and each folder exchanges places with
/// its new one, curves first. Before the exchange of the points a crash undoes it all; after it, the sweep is merged, and old files are litter.
/// </summary>
internal static class DatasetMerge
{
    /// <param name="publication">Of the sweep.</param>
    /// <param name="pointsDone">Rows that there must be.</param>
    /// <param name="cancellation">Honoured before the exchange.</param>
    /// <param name="term">
    /// In a cluster, the folder of this term in staging, with empty folders <c>points</c>, <c>curves</c>, <c>one</c> and <c>other</c> that must
    /// not be made here: once a later term has put them aside, nothing of this one can be exchanged any more.
    /// </param>
    /// <returns>False if this file system cannot exchange folders: the parts stay.</returns>
    /// <exception cref="Tables.TableFileException">A part is damaged.</exception>
    /// <exception cref="DatasetException">The parts do not hold what they should.</exception>
    public static bool Run(PartPublication publication, long pointsDone, CancellationToken cancellation, string? term = null)
    {
        var (folder, disk) = (publication.Folder, publication.Disk);
        if (!CanExchange(folder.Staged(Staged("one")), folder.Staged(Staged("other")), disk, term is not null)) return false;
        var (stagedPoints, stagedCurves) = (Staged("points"), Staged("curves"));
        long rows = Write(publication, folder.Points, publication.PointsSchema, stagedPoints, true, cancellation);
        if (rows != pointsDone) throw DatasetException.Damage($"{folder.Points} has {rows} rows instead of {pointsDone}; restore it from a copy");
        if (publication.CurvesSchema is { } curves)
        {
            Write(publication, folder.Curves, curves, stagedCurves, false, cancellation);
            if (!Exchange(publication, stagedCurves, folder.Curves)) return false;
        }
        if (!Exchange(publication, stagedPoints, folder.Points)) return false;
        if (term is null) disk.Empty(folder.Staging);
        return true;

        string Staged(string name)
        {
            if (term is not null) return Path.Combine(term, name);
            string staged = "merged-" + name;
            disk.CreateFolder(folder.Staged(staged));
            disk.Empty(folder.Staged(staged));
            return staged;
        }
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
    private static bool CanExchange(string one, string other, IDatasetDisk disk, bool isTerm)
    {
        bool can = disk.TryExchange(one, other);
        if (isTerm) return can;
        disk.DeleteEmptyFolder(one);
        disk.DeleteEmptyFolder(other);
        return can;
    }
}
