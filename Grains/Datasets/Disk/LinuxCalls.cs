using System.Runtime.InteropServices;

namespace Sweeps.Grains.Datasets.Disk;

/// <summary>The system calls that .NET does not offer.</summary>
internal static partial class LinuxCalls
{
    public const int NoEntry = 2;
    public const int FileExists = 17;
    public const int NotPermitted = 1;
    public const int CrossDevice = 18;
    public const int InvalidArgument = 22;
    public const int TooManyLinks = 31;
    public const int NotImplemented = 38;
    public const int NotSupported = 95;
    public const int Stale = 116;

    public const int CurrentFolder = -100;
    public const uint Exchange = 2;

    /// <summary>O_RDONLY with O_CLOEXEC: enough to sync a folder.</summary>
    public const int ReadOnlyClosedOnExec = 0x80000;

    /// <summary>O_RDONLY with O_DIRECTORY, O_NOFOLLOW and O_CLOEXEC.</summary>
    public static readonly int FolderNotFollowed = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm
        ? 0x80000 | 0x4000 | 0x8000
        : 0x80000 | 0x10000 | 0x20000;

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Link(string from, string to);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Rename(int fromFolder, string from, int toFolder, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "renameat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Rename(int fromFolder, string from, int toFolder, string to);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Link(int fromFolder, string from, int toFolder, string to, int flags);

    [LibraryImport("libc", EntryPoint = "faccessat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Access(int folder, string name, int mode, int flags);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    /// <summary>O_RDWR with O_CREAT, O_APPEND and O_CLOEXEC.</summary>
    public const int AppendClosedOnExec = 2 | 0x40 | 0x400 | 0x80000;

    /// <summary>0666, of which the process's mask takes away.</summary>
    public const int UsualMode = 438;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenOrCreate(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    /// <summary>Whether an error of a link says that the file system has none.</summary>
    public static bool MeansNoLinks(int error) => error is NotPermitted or NotImplemented or NotSupported or TooManyLinks;

    /// <summary>The last failure of a call here, as .NET would throw it.</summary>
    public static IOException Failure(string path) => new($"{Marshal.GetLastPInvokeErrorMessage()} : '{path}'");
}
