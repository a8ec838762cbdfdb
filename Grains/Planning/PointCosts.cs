using System.Globalization;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Planning;

/// <summary>
/// Predicted costs of a grid as runs: the axes after the last one that affects cost make runs of points of equal cost. The experiment is
/// asked once per combination of cost classes on the axes that affect cost.
/// </summary>
internal sealed class PointCosts
{
    // 40 MB at most; a grid with more combinations asks again for those that come back.
    private const long MaximumRemembered = 5_000_000;

    // 30 years: a bound that keeps sums inside 64 bits.
    private const double MaximumSeconds = 1e9;

    private readonly PointGrid grid;
    private readonly long[][] offsets;
    private readonly long[]? remembered;
    private readonly int prefixAxes;

    public PointCosts(PointGrid grid)
    {
        this.grid = grid;
        int[][] classes = [.. grid.Axes.Select(axis => Classes(grid, axis))];
        prefixAxes = Array.FindLastIndex(classes, of => of.Max() > 0) + 1;
        RunLength = prefixAxes == 0 ? grid.Count : grid.Strides[prefixAxes - 1];

        offsets = new long[prefixAxes][];
        long combinations = 1;
        for (int axis = prefixAxes - 1; axis >= 0; axis--)
        {
            long stride = combinations;
            offsets[axis] = [.. classes[axis].Select(one => one * stride)];
            combinations *= classes[axis].Max() + 1;
        }
        // When no combination comes back, nothing need be remembered.
        if (combinations < grid.Count / RunLength && combinations <= MaximumRemembered) remembered = new long[combinations];
    }

    /// <summary>Points per run.</summary>
    public long RunLength { get; }

    /// <summary>Cost of one point of each run in turn, in nanoseconds, at least 1.</summary>
    public IEnumerable<long> Runs()
    {
        int[] coordinates = new int[prefixAxes];
        long combination = 0;
        for (long first = 0; first < grid.Count; first += RunLength)
        {
            if (remembered is null) yield return CostAt(first);
            else yield return remembered[combination] != 0 ? remembered[combination] : remembered[combination] = CostAt(first);

            for (int axis = prefixAxes - 1; axis >= 0; axis--)
            {
                long before = offsets[axis][coordinates[axis]];
                bool carries = ++coordinates[axis] == offsets[axis].Length;
                if (carries) coordinates[axis] = 0;
                combination += offsets[axis][coordinates[axis]] - before;
                if (!carries) break;
            }
        }
    }

    /// <summary>The cost class of each value of an axis, numbered from 0 in order of appearance; all 0 if the axis does not affect cost.</summary>
    private static int[] Classes(PointGrid grid, Axis axis)
    {
        ExperimentKey key = grid.Spec.Experiment.Keys.First(key => key.Name == axis.Name);
        if (!key.AffectsCost) return new int[axis.Values.Length];
        var numbers = new Dictionary<KeyValue, int>();
        return [.. axis.Values.Select(value => Number(key.CostClass?.Invoke(value) ?? value))];

        int Number(KeyValue one)
        {
            numbers.TryAdd(one, numbers.Count);
            return numbers[one];
        }
    }

    /// <summary>
    /// Predicted cost of a point in whole nanoseconds: sums of integers are the same in any order, and six digits are the same on every
    /// machine even where the last bits of a logarithm are not.
    /// </summary>
    /// <exception cref="InvalidOperationException">The experiment predicts a negative cost, or none.</exception>
    public long CostAt(long point)
    {
        double seconds = grid.Spec.Experiment.PredictedSeconds(grid.KeysAt(point), grid.Spec.Request);
        if (!(seconds >= 0)) throw new InvalidOperationException($"predicted cost of point {point} is {seconds}");
        double rounded = double.Parse(Math.Min(seconds, MaximumSeconds).ToString("E5", CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture);
        return Math.Max(1, (long)Math.Round(rounded * 1e9));
    }
}
