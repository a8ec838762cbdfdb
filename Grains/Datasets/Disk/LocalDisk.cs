using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Sweeps.Grains.Datasets.Disk;

/// <summary>The machine's own file system. Off Linux, links are moves without replacing and nothing is exchanged.</summary>
public sealed class LocalDisk : IDatasetDisk
{
    public static LocalDisk Instance { get; } = new();

    /// <inheritdoc/>
    public void CreateFolder(string path) => Directory.CreateDirectory(path);

    /// <inheritdoc/>
    public Stream CreateFile(string path) =>
        new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 1 << 16);

    /// <inheritdoc/>
    public void Sync(Stream file) => ((FileStream)file).Flush(flushToDisk: true);

    /// <inheritdoc/>
    public void SyncFolder(string path)
    {
        if (!OperatingSystem.IsLinux()) return;
        int descriptor = LinuxCalls.Open(path, LinuxCalls.ReadOnlyClosedOnExec);
        if (descriptor < 0) throw LinuxCalls.Failure(path);
        try
        {
            // Some file systems know no sync of folders: their names are as safe as they get.
            if (LinuxCalls.Sync(descriptor) != 0 && Marshal.GetLastPInvokeError() != LinuxCalls.InvalidArgument)
                throw LinuxCalls.Failure(path);
        }
        finally
        {
            _ = LinuxCalls.Close(descriptor);
        }
    }

    /// <inheritdoc/>
    public bool Link(string from, string to)
    {
        if (OperatingSystem.IsLinux())
        {
            if (LinuxCalls.Link(from, to) == 0) return true;
            int error = Marshal.GetLastPInvokeError();
            if (error == LinuxCalls.FileExists) return false;
            if (!LinuxCalls.MeansNoLinks(error)) throw LinuxCalls.Failure(to);
        }
        if (File.Exists(to)) return false;
        File.Move(from, to, overwrite: false);
        return true;
    }

    /// <inheritdoc/>
    public void Move(string from, string to)
    {
        if (Directory.Exists(from)) Directory.Move(from, to);
        else File.Move(from, to, overwrite: true);
    }

    /// <inheritdoc/>
    public bool TryExchange(string one, string other)
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            if (LinuxCalls.Rename(LinuxCalls.CurrentFolder, one, LinuxCalls.CurrentFolder, other, LinuxCalls.Exchange) == 0) return true;
        }
        catch (EntryPointNotFoundException)
        {
            return false; // a C library from before renameat2
        }
        return Marshal.GetLastPInvokeError()
            is LinuxCalls.NotImplemented or LinuxCalls.InvalidArgument or LinuxCalls.NotSupported or LinuxCalls.CrossDevice
            ? false
            : throw LinuxCalls.Failure(other);
    }

    /// <inheritdoc/>
    public IHeldFolder HoldFolder(string path) => OperatingSystem.IsLinux() ? new LinuxFolder(path) : new NamedFolder(this, path);

    /// <inheritdoc/>
    public void Delete(string path) => File.Delete(path);

    /// <inheritdoc/>
    public void DeleteEmptyFolder(string path)
    {
        if (Directory.Exists(path)) Directory.Delete(path);
    }

    /// <inheritdoc/>
    /// <remarks>On Linux the end is found and the line written in one step, so that processes that add at once lose nothing.</remarks>
    public void AppendLine(string path, string line)
    {
        using var file = OpenToAppend(path);
        byte[] text = Encoding.UTF8.GetBytes(line + "\n");
        // A line torn by a crash ends here, so that only it is lost; after one that is being written, this makes an empty line at worst.
        if (RandomAccess.GetLength(file) is > 0 and var length && LastByte(file, length) != '\n') text = [(byte)'\n', .. text];
        RandomAccess.Write(file, text, RandomAccess.GetLength(file));
    }

    private static SafeFileHandle OpenToAppend(string path)
    {
        if (!OperatingSystem.IsLinux()) return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        int descriptor = LinuxCalls.OpenOrCreate(path, LinuxCalls.AppendClosedOnExec, LinuxCalls.UsualMode);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw LinuxCalls.Failure(path);
    }

    private static byte LastByte(SafeFileHandle file, long length)
    {
        Span<byte> last = stackalloc byte[1];
        RandomAccess.Read(file, last, length - 1);
        return last[0];
    }
}
