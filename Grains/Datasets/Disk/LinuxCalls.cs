using System.Runtime.InteropServices;

namespace Sweeps.Grains.Datasets.Disk;

/// <summary>The system calls that .NET does not offer.</summary>
internal static partial class LinuxCalls
{
    public const int FileExists = 17;
    public const int NotPermitted = 1;
    public const int CrossDevice = 18;
    public const int InvalidArgument = 22;
    public const int TooManyLinks = 31;
    public const int NotImplemented = 38;
    public const int NotSupported = 95;

    public const int CurrentFolder = -100;
    public const uint Exchange = 2;

    /// <summary>O_RDONLY with O_CLOEXEC: enough to sync a folder.</summary>
    public const int ReadOnlyClosedOnExec = 0x80000;

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Link(string from, string to);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Rename(int fromFolder, string from, int toFolder, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    /// <summary>The last failure of a call here, as .NET would throw it.</summary>
    public static IOException Failure(string path) => new($"{Marshal.GetLastPInvokeErrorMessage()} : '{path}'");
}
