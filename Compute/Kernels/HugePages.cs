using System.Runtime.InteropServices;

namespace Sweeps.Compute.Kernels;

/// <summary>
/// Asks Linux to back memory with pages of 2 MiB, which saves a page fault per 4 KiB when it is first written and most misses of the address cache
/// after. Advice: where the system cannot, the memory stays as it was.
/// </summary>
internal static unsafe partial class HugePages
{
    /// <summary>Bytes of a page, and the alignment that memory wants.</summary>
    public const int Size = 2 << 20;

    private const int AdviseHugePage = 14;

    /// <param name="memory">Its start, at a multiple of <see cref="Size"/>.</param>
    /// <param name="bytes">Its length.</param>
    public static void Advise(void* memory, nuint bytes)
    {
        if (OperatingSystem.IsLinux()) _ = MemoryAdvise(memory, bytes, AdviseHugePage);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvise(void* memory, nuint bytes, int advice);
}
