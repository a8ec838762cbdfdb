namespace Sweeps.Grains.Leases;

/// <summary>Consecutive chunks from <paramref name="First"/> up to, not including, <paramref name="End"/>; ordered by the first.</summary>
public readonly record struct ChunkRange(int First, int End) : IComparable<ChunkRange>
{
    public int Count => End - First;

    public int CompareTo(ChunkRange other) => First.CompareTo(other.First);

    public static bool operator <(ChunkRange left, ChunkRange right) => left.CompareTo(right) < 0;

    public static bool operator >(ChunkRange left, ChunkRange right) => left.CompareTo(right) > 0;

    public static bool operator <=(ChunkRange left, ChunkRange right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ChunkRange left, ChunkRange right) => left.CompareTo(right) >= 0;
}
