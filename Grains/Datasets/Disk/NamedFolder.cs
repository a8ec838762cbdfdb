namespace Sweeps.Grains.Datasets.Disk;

/// <summary>A folder by its name: for the one process that holds a dataset's lock, and for systems without handles of folders.</summary>
internal sealed class NamedFolder(IDatasetDisk disk, string path) : IHeldFolder
{
    /// <inheritdoc/>
    public bool Link(string from, string name) => disk.Link(from, Path.Combine(path, name));

    /// <inheritdoc/>
    public void Replace(string from, string name) => disk.Move(from, Path.Combine(path, name));

    /// <inheritdoc/>
    public void Sync() => disk.SyncFolder(path);

    /// <inheritdoc/>
    public bool Contains(string name) => File.Exists(Path.Combine(path, name));

    public void Dispose()
    {
        // there is nothing to let go of
    }
}
