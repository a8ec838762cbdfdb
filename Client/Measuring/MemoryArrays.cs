namespace Sweeps.Client.Measuring;

/// <summary>How large the arrays are through which the memory's bandwidth is measured.</summary>
internal static class MemoryArrays
{
    private const long Least = 512L << 20;

    /// <summary>Four times the last-level caches and at least 512 MiB, but never more than a quarter of the memory.</summary>
    /// <param name="memory">Memory of this process, in bytes.</param>
    /// <param name="cache">The last-level caches, in bytes, if known.</param>
    public static long Bytes(long memory, long? cache) => Math.Min(Math.Max(Least, 4 * (cache ?? 0)), memory / 4);

    /// <summary>Whether so much of the arrays stays in the caches that the figure would be theirs.</summary>
    public static bool FitTheCache(long bytes, long? cache) => bytes < 2 * cache;
}
