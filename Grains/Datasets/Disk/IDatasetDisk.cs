namespace Sweeps.Grains.Datasets.Disk;

/// <summary>
/// The file operations that change a dataset: each is one step that a crash comes before or after. Reading needs no seam.
/// All throw <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when the machine fails.
/// </summary>
public interface IDatasetDisk
{
    /// <summary>Makes a folder and those above it; one that is there already is fine.</summary>
    void CreateFolder(string path);

    /// <summary>An empty file, open for writing; one that is there already loses its bytes.</summary>
    Stream CreateFile(string path);

    /// <summary>Returns when the bytes of a stream of <see cref="CreateFile"/> would survive a loss of power.</summary>
    void Sync(Stream file);

    /// <summary>Returns when the names in a folder would survive a loss of power.</summary>
    void SyncFolder(string path);

    /// <summary>Gives a file a second name and never replaces another; false if that name is taken.</summary>
    bool Link(string from, string to);

    /// <summary>Moves a file or folder; a file takes the place of another atomically.</summary>
    void Move(string from, string to);

    /// <summary>Lets two folders exchange places atomically; false where the file system cannot.</summary>
    bool TryExchange(string one, string other);

    /// <summary>Opens a folder, to write into it and not into what may take its place later.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    IHeldFolder HoldFolder(string path);

    /// <summary>Deletes a file; none there is fine.</summary>
    void Delete(string path);

    /// <summary>Deletes an empty folder; none there is fine.</summary>
    void DeleteEmptyFolder(string path);

    /// <summary>Adds a line at the end of a file.</summary>
    void AppendLine(string path, string line);
}
