using System.Runtime.InteropServices;

namespace Sweeps.Grains.Datasets.Disk;

/// <summary>A folder by its handle.</summary>
internal sealed class LinuxFolder : IHeldFolder
{
    private readonly string path;
    private int descriptor;

    /// <exception cref="IOException">There is no such folder, it cannot be read, or the name is a symbolic link.</exception>
    public LinuxFolder(string path)
    {
        this.path = path;
        // Not O_PATH: such a handle cannot be synced.
        descriptor = LinuxCalls.Open(path, LinuxCalls.FolderNotFollowed);
        if (descriptor >= 0) return;
        throw Marshal.GetLastPInvokeError() is LinuxCalls.NoEntry
            ? new DirectoryNotFoundException($"There is no folder '{path}'")
            : LinuxCalls.Failure(path);
    }

    /// <inheritdoc/>
    public bool Link(string from, string name)
    {
        if (LinuxCalls.Link(LinuxCalls.CurrentFolder, from, Handle, name, 0) == 0) return true;
        int error = Marshal.GetLastPInvokeError();
        if (LinuxCalls.MeansNoLinks(error)) return MoveWithoutReplacing(from, name);
        return error == LinuxCalls.FileExists ? false : throw Failure(error, name);
    }

    /// <inheritdoc/>
    public void Replace(string from, string name)
    {
        if (LinuxCalls.Rename(LinuxCalls.CurrentFolder, from, Handle, name) != 0) throw Failure(Marshal.GetLastPInvokeError(), name);
    }

    /// <inheritdoc/>
    public void Sync()
    {
        // Some file systems know no sync of folders: their names are as safe as they get.
        if (LinuxCalls.Sync(Handle) == 0) return;
        int error = Marshal.GetLastPInvokeError();
        if (error != LinuxCalls.InvalidArgument) throw Failure(error, "");
    }

    /// <inheritdoc/>
    public bool Contains(string name)
    {
        if (LinuxCalls.Access(Handle, name, 0, 0) == 0) return true;
        int error = Marshal.GetLastPInvokeError();
        return error == LinuxCalls.NoEntry ? false : throw Failure(error, name);
    }

    public void Dispose()
    {
        int open = Interlocked.Exchange(ref descriptor, -1);
        if (open >= 0) _ = LinuxCalls.Close(open);
    }

    private int Handle => descriptor >= 0 ? descriptor : throw new ObjectDisposedException(path);

    private bool MoveWithoutReplacing(string from, string name)
    {
        if (Contains(name)) return false;
        Replace(from, name);
        return true;
    }

    // The name is gone, or with a network file system the folder itself.
    private IOException Failure(int error, string name) => error is LinuxCalls.NoEntry or LinuxCalls.Stale
        ? new DatasetMovedException($"{Path.Combine(path, name)} was not written: its folder was exchanged for a later one, or deleted")
        : LinuxCalls.Failure(Path.Combine(path, name));
}
