using Sweeps.Compute.Experiments;
using Sweeps.Grains.Planning;

namespace Sweeps.Dashboard.Datasets;

/// <summary>Where on the axes one point is; moved from point to point.</summary>
internal sealed class GridSpot(PointGrid grid)
{
    private readonly int[] coordinates = new int[grid.Axes.Length];

    public void MoveTo(long point) => grid.Coordinates(point, coordinates);

    /// <summary>The value of a key there; of a key on no axis the fixed one.</summary>
    public KeyValue ValueOf(string key)
    {
        int axis = GridSelection.IndexOf(grid, key);
        return axis < 0 ? grid.Spec.Fixed[key] : grid.Axes[axis].Values[coordinates[axis]];
    }
}
