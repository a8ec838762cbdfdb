namespace Sweeps.Grains.Planning;

/// <summary>
/// Where the points of a smaller grid are in a larger one. The map is strictly increasing, so that old rows in order stay in order, and
/// an extension is a merge.
/// </summary>
public sealed class GridEmbedding
{
    private const int Absent = -1;

    private readonly PointGrid smaller;
    private readonly PointGrid larger;
    private readonly long offset;

    // Per axis of the smaller grid: what each of its values adds to the larger grid's index.
    private readonly long[][] forward;

    // Per axis of the larger grid: what each of its values adds to the smaller grid's index, or Absent.
    private readonly long[][] backward;

    private GridEmbedding(PointGrid smaller, PointGrid larger)
    {
        (this.smaller, this.larger) = (smaller, larger);
        forward = [.. smaller.Axes.Select(axis => new long[axis.Values.Length])];
        backward = [.. larger.Axes.Select(axis => new long[axis.Values.Length])];
        for (int axis = 0; axis < backward.Length; axis++)
        {
            var (name, values) = larger.Axes[axis];
            int source = smaller.Axes.Select(other => other.Name).ToList().IndexOf(name);
            var known = smaller.Spec.ValuesOf(name);
            for (int i = 0, next = 0; i < values.Length; i++)
            {
                bool shared = next < known.Length && known[next] == values[i];
                backward[axis][i] = !shared ? Absent : source < 0 ? 0 : next * smaller.Strides[source];
                if (shared && source >= 0) forward[source][next] = i * larger.Strides[axis];
                else if (shared) offset += i * larger.Strides[axis];
                if (shared) next++;
            }
        }
    }

    /// <summary>Number of points that the grids share: all of the smaller grid's.</summary>
    public long Count => smaller.Count;

    /// <summary>The embedding; null unless the spec of the larger grid is the same or an extension.</summary>
    public static GridEmbedding? Between(PointGrid smaller, PointGrid larger) =>
        SpecComparison.Compare(smaller.Spec, larger.Spec) is SpecComparison.Different ? null : new GridEmbedding(smaller, larger);

    /// <summary>Index in the larger grid of a point of the smaller.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such point.</exception>
    public long Map(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, smaller.Count);
        long mapped = offset;
        for (int axis = 0; axis < forward.Length; axis++)
        {
            (long coordinate, index) = Math.DivRem(index, smaller.Strides[axis]);
            mapped += forward[axis][coordinate];
        }
        return mapped;
    }

    /// <summary>Index in the smaller grid of a point of the larger; null if it is new.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such point.</exception>
    public long? Source(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, larger.Count);
        long source = 0;
        for (int axis = 0; axis < backward.Length; axis++)
        {
            (long coordinate, index) = Math.DivRem(index, larger.Strides[axis]);
            if (backward[axis][coordinate] == Absent) return null;
            source += backward[axis][coordinate];
        }
        return source;
    }
}
