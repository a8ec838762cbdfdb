using Sweeps.Client.Measuring;

namespace Sweeps.Client.Tests.Measuring;

public class LastLevelCacheTests
{
    private const long Mebibyte = 1 << 20;

    [Fact]
    public void Each_cache_of_the_last_level_counts_once_whoever_shares_it()
    {
        using var session = new Session();
        string folder = session.PathOf("cpu");
        for (int processor = 0; processor < 4; processor++)
        {
            Add(folder, processor, 0, "1", "32K", $"{processor}");
            Add(folder, processor, 1, "2", "1024K", $"{processor}");
            Add(folder, processor, 2, "3", "16384K", processor < 2 ? "0-1" : "2-3");
        }
        Directory.CreateDirectory(Path.Combine(folder, "cpufreq"));
        Assert.Equal(32 * Mebibyte, LastLevelCache.Bytes(folder));
    }

    [Fact]
    public void Where_the_system_does_not_say_the_size_is_unknown()
    {
        using var session = new Session();
        Assert.Null(LastLevelCache.Bytes(session.PathOf("nowhere")));
        Directory.CreateDirectory(session.PathOf("cpu/cpu0"));
        Assert.Null(LastLevelCache.Bytes(session.PathOf("cpu")));
        Add(session.PathOf("cpu"), 0, 0, "1", "unheard of", "0");
        Assert.Null(LastLevelCache.Bytes(session.PathOf("cpu")));
    }

    [Theory]
    [InlineData(64 * 1024, null, 512)]
    [InlineData(64 * 1024, 32L, 512)]
    [InlineData(64 * 1024, 384L, 1536)]
    [InlineData(1024, 32L, 256)]
    [InlineData(1024, 200L, 256)]
    public void Arrays_are_well_beyond_the_cache_and_leave_most_of_the_memory(long memory, long? cache, long expected) =>
        Assert.Equal(expected * Mebibyte, MemoryArrays.Bytes(memory * Mebibyte, cache * Mebibyte));

    [Fact]
    public void Arrays_that_the_cache_holds_are_known_for_it()
    {
        Assert.True(MemoryArrays.FitTheCache(256 * Mebibyte, 200 * Mebibyte));
        Assert.False(MemoryArrays.FitTheCache(512 * Mebibyte, 200 * Mebibyte));
        Assert.False(MemoryArrays.FitTheCache(512 * Mebibyte, null));
    }

    private static void Add(string folder, int processor, int index, string level, string size, string shared)
    {
        string cache = Path.Combine(folder, $"cpu{processor}", "cache", $"index{index}");
        Directory.CreateDirectory(cache);
        File.WriteAllText(Path.Combine(cache, "level"), level + "\n");
        File.WriteAllText(Path.Combine(cache, "size"), size + "\n");
        File.WriteAllText(Path.Combine(cache, "shared_cpu_list"), shared + "\n");
    }
}
