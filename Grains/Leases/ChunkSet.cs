using System.Collections.Immutable;

namespace Sweeps.Grains.Leases;

/// <summary>
/// An immutable set of chunks that fills from below: all under <see cref="Mark"/>, and the ranges above it. Steps cost O(log ranges).
/// </summary>
/// <param name="Mark">The low-water mark: every chunk below is in the set, the chunk at the mark is not.</param>
/// <param name="Above">Ranges above the mark, apart from it and from one another by at least one chunk.</param>
public sealed record ChunkSet(int Mark, ImmutableSortedSet<ChunkRange> Above)
{
    public static ChunkSet Empty { get; } = new(0, []);

    public int Count => Mark + Above.Sum(range => range.Count);

    public bool Contains(int chunk) => chunk < Mark || EndOfRangeAt(chunk) is not null;

    /// <summary>The first chunk from <paramref name="chunk"/> on that is not in the set.</summary>
    public int FirstMissingFrom(int chunk) => chunk < Mark ? Mark : EndOfRangeAt(chunk) ?? chunk;

    public ChunkSet Add(int chunk) => Add(new ChunkRange(chunk, chunk + 1));

    /// <summary>The union with a range.</summary>
    public ChunkSet Add(ChunkRange added)
    {
        if (added.Count <= 0 || added.End <= Mark) return this;
        var (first, end) = (added.First, added.End);
        var ranges = Above;
        // Swallow all ranges that overlap or touch.
        for (int at = Math.Max(0, IndexOfLastFrom(first)); at < ranges.Count && ranges[at].First <= end;)
        {
            var range = ranges[at];
            if (range.End < first)
            {
                at++;
                continue;
            }
            (first, end) = (Math.Min(first, range.First), Math.Max(end, range.End));
            ranges = ranges.Remove(range);
        }
        return first <= Mark ? new ChunkSet(end, ranges) : this with { Above = ranges.Add(new ChunkRange(first, end)) };
    }

    public bool Equals(ChunkSet? other) => other is not null && Mark == other.Mark && Above.SetEquals(other.Above);

    public override int GetHashCode() => HashCode.Combine(Mark, Above.Count);

    private int? EndOfRangeAt(int chunk) => IndexOfLastFrom(chunk) is >= 0 and var at && Above[at].End > chunk ? Above[at].End : null;

    // Index of the last range that begins at or before the chunk; −1 if none does.
    private int IndexOfLastFrom(int chunk)
    {
        int at = Above.IndexOf(new ChunkRange(chunk, chunk));
        return at >= 0 ? at : ~at - 1;
    }
}
