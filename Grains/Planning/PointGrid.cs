using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Planning;

/// <summary>
/// The points of a sweep: index ↔ coordinates, row-major with the last axis fastest. Nothing is materialised; each call costs O(axes +
/// keys).
/// </summary>
public sealed class PointGrid
{
    private readonly long[] strides;
    private readonly KeyValue[] template;
    private readonly int[] keyOfAxis;

    public PointGrid(SweepSpec spec)
    {
        Spec = spec;
        strides = new long[spec.Axes.Length];
        Count = 1;
        for (int axis = strides.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = Count;
            Count = checked(Count * spec.Axes[axis].Values.Length);
        }

        var keys = spec.Experiment.Keys;
        template = [.. keys.Select(key => spec.ValuesOf(key.Name)[0])];
        keyOfAxis = [.. spec.Axes.Select(axis => keys.Select(key => key.Name).ToList().IndexOf(axis.Name))];
    }

    public SweepSpec Spec { get; }

    public ImmutableArray<Axis> Axes => Spec.Axes;

    /// <summary>Number of points, at least one.</summary>
    public long Count { get; }

    /// <summary>Points between neighbours along each axis.</summary>
    internal ReadOnlySpan<long> Strides => strides;

    /// <summary>For each axis the number of the value that the point has there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such point.</exception>
    public int[] Coordinates(long index)
    {
        int[] coordinates = new int[strides.Length];
        Coordinates(index, coordinates);
        return coordinates;
    }

    /// <summary>The same into <paramref name="coordinates"/>, one place per axis.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such point.</exception>
    public void Coordinates(long index, Span<int> coordinates)
    {
        ThrowUnlessPoint(index);
        for (int axis = 0; axis < strides.Length; axis++)
        {
            (long coordinate, index) = Math.DivRem(index, strides[axis]);
            coordinates[axis] = (int)coordinate;
        }
    }

    /// <summary>The point at the given coordinates, one per axis.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A coordinate is none of its axis.</exception>
    public long IndexOf(ReadOnlySpan<int> coordinates)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(coordinates.Length, strides.Length, nameof(coordinates));
        long index = 0;
        for (int axis = 0; axis < strides.Length; axis++)
        {
            if ((uint)coordinates[axis] >= (uint)Axes[axis].Values.Length)
                throw new ArgumentOutOfRangeException(nameof(coordinates), coordinates[axis],
                    $"axis '{Axes[axis].Name}' has no such value");
            index += coordinates[axis] * strides[axis];
        }
        return index;
    }

    /// <summary>All keys of the point, those without effect there null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such point.</exception>
    public PointKeys KeysAt(long index)
    {
        ThrowUnlessPoint(index);
        var values = (KeyValue[])template.Clone();
        for (int axis = 0; axis < strides.Length; axis++)
        {
            (long coordinate, index) = Math.DivRem(index, strides[axis]);
            values[keyOfAxis[axis]] = Axes[axis].Values[(int)coordinate];
        }
        return Spec.Experiment.Normalise(new PointKeys(Spec.Experiment.Keys, ImmutableCollectionsMarshal.AsImmutableArray(values)));
    }

    /// <summary>
    /// Where the points of this grid are in a larger one; null if not all are there, or in another order (see <see
    /// cref="SpecComparison"/>).
    /// </summary>
    public GridEmbedding? Embed(PointGrid larger) => GridEmbedding.Between(this, larger);

    private void ThrowUnlessPoint(long index)
    {
        if ((ulong)index >= (ulong)Count) throw new ArgumentOutOfRangeException(nameof(index), index, $"the grid has {Count} points");
    }
}
