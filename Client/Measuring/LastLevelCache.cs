using System.Globalization;

namespace Sweeps.Client.Measuring;

/// <summary>The last-level caches, as Linux lists them.</summary>
internal static class LastLevelCache
{
    public const string Processors = "/sys/devices/system/cpu";

    /// <summary>The caches of the highest level, all of them together, in bytes; null where the system does not say.</summary>
    /// <param name="folder">Holds <c>cpu0/cache/index0/{level,size,shared_cpu_list}</c> and so on.</param>
    public static long? Bytes(string folder)
    {
        try
        {
            if (!Directory.Exists(folder)) return null;
            var caches = (from processor in Directory.EnumerateDirectories(folder, "cpu*")
                          let list = Path.Combine(processor, "cache")
                          where Directory.Exists(list)
                          from cache in Directory.EnumerateDirectories(list, "index*")
                          select (Level: Text(cache, "level"), Shared: Text(cache, "shared_cpu_list"), Size: Size(Text(cache, "size"))))
                .Where(cache => cache.Size is not null)
                .Distinct() // each processor lists the caches that it shares
                .ToArray();
            if (caches.Length == 0) return null;
            string? last = caches.Max(cache => cache.Level);
            return caches.Where(cache => cache.Level == last).Sum(cache => cache.Size);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Text(string cache, string name)
    {
        string path = Path.Combine(cache, name);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }

    /// <summary><c>32768K</c> in bytes.</summary>
    private static long? Size(string? text) =>
        text is [.. var digits, 'K'] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long kibibytes)
            ? kibibytes << 10 : null;
}
