namespace Sweeps.Grains.Datasets;

/// <summary>A folder in which a sweep may begin.</summary>
internal static class BegunFolder
{
    /// <summary>Whether there is nothing, or a folder of ours whose manifest a crash prevented: it holds no data file.</summary>
    public static bool IsEmptyOrBegun(DatasetFolder folder)
    {
        if (!Directory.Exists(folder.Root)) return true;
        string[] ours = [folder.Journal, folder.Staging, folder.Points, folder.Curves, folder.Failures];
        return Directory.EnumerateFileSystemEntries(folder.Root).All(ours.Contains)
            && ours[2..].All(inner => !Directory.Exists(inner) || !Directory.EnumerateFileSystemEntries(inner).Any());
    }
}
