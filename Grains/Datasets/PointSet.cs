namespace Sweeps.Grains.Datasets;

/// <summary>A set of grid points: a bit each, in pages of 65 536 that exist where a point does.</summary>
public sealed class PointSet
{
    private const int PageBits = 16;

    private readonly Dictionary<long, ulong[]> pages = [];

    public long Count { get; private set; }

    public bool Contains(long point) =>
        pages.TryGetValue(point >> PageBits, out var page) && (page[WordOf(point)] >> (int)(point & 63) & 1) != 0;

    /// <returns>False if the point was there already.</returns>
    public bool Add(long point)
    {
        if (!pages.TryGetValue(point >> PageBits, out var page)) pages[point >> PageBits] = page = new ulong[1 << PageBits - 6];
        ulong bit = 1UL << (int)(point & 63);
        if ((page[WordOf(point)] & bit) != 0) return false;
        page[WordOf(point)] |= bit;
        Count++;
        return true;
    }

    /// <summary>Points of the set from <paramref name="first"/> up to, not including, <paramref name="end"/>.</summary>
    public int CountBetween(long first, long end)
    {
        int count = 0;
        if (pages.Count == 0) return 0;
        for (long point = first; point < end; point++)
            if (Contains(point)) count++;
        return count;
    }

    private static int WordOf(long point) => (int)(point & (1 << PageBits) - 1) >> 6;
}
