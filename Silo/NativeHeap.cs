using System.Runtime.InteropServices;

namespace Sweeps.Silo;

/// <summary>How glibc keeps memory that is not managed: kernels' buffers, what the runtime compiles.</summary>
internal static partial class NativeHeap
{
    private const int ArenaMaximum = -8, MapThreshold = -3;

    /// <summary>
    /// Two heaps for all threads, and buffers from 128 KiB on given back to the system when they are freed. By default each thread that comes
    /// may get a heap of its own, and buffers are kept in them once they have been freed: a silo whose threads come and go grows for hours.
    /// </summary>
    /// <remarks>Where another C library is in use nothing happens.</remarks>
    public static void StaySmall()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = SetOption(ArenaMaximum, 2);
            _ = SetOption(MapThreshold, 128 * 1024);
        }
        catch (Exception absent) when (absent is EntryPointNotFoundException or DllNotFoundException)
        {
            // musl has one heap, and no options.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
