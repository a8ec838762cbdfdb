namespace Sweeps.Grains.Datasets.Disk;

/// <summary>
/// A folder that stays the same whatever becomes of its name: files put into it after it was exchanged for another land in the old one, and
/// never in its successor. Where the system has no such handles, it is the name after all.
/// </summary>
public interface IHeldFolder : IDisposable
{
    /// <summary>Gives a file a name here and never replaces another; false if the name is taken.</summary>
    /// <exception cref="DatasetMovedException">The folder, or the file, was deleted.</exception>
    bool Link(string from, string name);

    /// <summary>Moves a file here, atomically in place of another.</summary>
    /// <exception cref="DatasetMovedException">The folder, or the file, was deleted.</exception>
    void Replace(string from, string name);

    /// <summary>Returns when the names in the folder would survive a loss of power.</summary>
    void Sync();

    /// <summary>Whether the name is taken; no step that changes anything.</summary>
    bool Contains(string name);
}
