namespace Sweeps.Grains.Datasets.Disk;

/// <summary>What is made of several steps, with a crash possible between any two.</summary>
internal static class DatasetDiskSteps
{
    /// <summary>Writes a file beside its place and moves it there, so that the place has all bytes, old or new.</summary>
    public static void Replace(this IDatasetDisk disk, string staging, string path, ReadOnlySpan<byte> bytes)
    {
        disk.WriteSynced(staging, bytes);
        disk.Move(staging, path);
        disk.SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Writes a file and returns when its bytes are safe.</summary>
    public static void WriteSynced(this IDatasetDisk disk, string path, ReadOnlySpan<byte> bytes)
    {
        using var file = disk.CreateFile(path);
        file.Write(bytes);
        disk.Sync(file);
    }

    /// <summary>Deletes everything in a folder, and leaves the folder.</summary>
    public static void Empty(this IDatasetDisk disk, string folder)
    {
        if (!Directory.Exists(folder)) return;
        foreach (string inner in Directory.GetDirectories(folder))
        {
            disk.Empty(inner);
            disk.DeleteEmptyFolder(inner);
        }
        foreach (string file in Directory.GetFiles(folder)) disk.Delete(file);
    }
}
