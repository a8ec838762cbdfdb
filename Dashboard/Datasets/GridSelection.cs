using System.Collections.Immutable;
using System.Globalization;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Datasets;

/// <summary>The part of a grid that <c>--where</c> leaves: on each axis the chosen values.</summary>
internal sealed class GridSelection
{
    // Whoever types 0.333333333 means the value of the axis, which has 12 digits.
    private const double Tolerance = 1e-9;

    private readonly bool[][] isChosen;
    private readonly int[] scratch;

    private GridSelection(PointGrid grid, ImmutableArray<ImmutableArray<int>> chosen)
    {
        (Grid, Chosen) = (grid, chosen);
        scratch = new int[grid.Axes.Length];
        isChosen = new bool[chosen.Length][];
        for (int axis = 0; axis < chosen.Length; axis++)
        {
            isChosen[axis] = new bool[grid.Axes[axis].Values.Length];
            foreach (int value in chosen[axis]) isChosen[axis][value] = true;
        }
    }

    public PointGrid Grid { get; }

    /// <summary>For each axis the numbers of the chosen values, rising.</summary>
    public ImmutableArray<ImmutableArray<int>> Chosen { get; }

    /// <summary>Whether a point is chosen. Not for several threads at once.</summary>
    public bool Contains(long point)
    {
        Grid.Coordinates(point, scratch);
        for (int axis = 0; axis < scratch.Length; axis++)
            if (!isChosen[axis][scratch[axis]]) return false;
        return true;
    }

    /// <summary>Reads <c>--where</c>; a key that is named twice may have either value.</summary>
    public static Checked<GridSelection> Read(PointGrid grid, IEnumerable<string>? words)
    {
        List<string> mistakes = [.. Pairs.Split(words, "--where ", out var pairs)];
        var spec = grid.Spec;
        string[] known = [.. spec.Experiment.Keys.Select(key => key.Name)];
        var chosen = grid.Axes.Select(axis => new SortedSet<int>()).ToArray();
        foreach (var (key, text) in pairs)
        {
            if (!known.Contains(key))
            {
                mistakes.Add($"--where {Shown.As(key)}: the sweep has no such axis; {Suggestion.For(key, known)}");
                continue;
            }
            var values = spec.ValuesOf(key);
            int found = Find(values, text);
            if (found < 0) mistakes.Add($"--where {key}={Shown.OneLine(text)}: no point has that; {key} is {Listed(values)}");
            else if (IndexOf(grid, key) is >= 0 and var axis) chosen[axis].Add(found);
        }
        return mistakes.Count > 0
            ? Checked<GridSelection>.Wrong(mistakes)
            : Checked<GridSelection>.Right(new GridSelection(grid,
                [.. chosen.Select((set, axis) => set.Count > 0 ? [.. set] : AllOf(grid.Axes[axis]))]));
    }

    /// <summary>Values as a message lists them.</summary>
    public static string Listed(ImmutableArray<KeyValue> values) => values.Length <= 12
        ? string.Join(", ", values)
        : $"{string.Join(", ", values.Take(6))}, … {values[^1]} ({values.Length} values)";

    /// <summary>Number of the axis so named, −1 if there is none.</summary>
    public static int IndexOf(PointGrid grid, string name)
    {
        for (int axis = 0; axis < grid.Axes.Length; axis++)
            if (grid.Axes[axis].Name == name) return axis;
        return -1;
    }

    private static ImmutableArray<int> AllOf(Axis axis) => [.. Enumerable.Range(0, axis.Values.Length)];

    /// <summary>Number of the value that a user means, −1 if it is none of them.</summary>
    public static int Find(ImmutableArray<KeyValue> values, string text)
    {
        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double wanted);
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i].ToString() == text) return i;
            if (isNumber && values[i].Kind is KeyKind.Integer or KeyKind.Real
                && Math.Abs(values[i].AsReal() - wanted) <= Tolerance * Math.Max(Math.Abs(wanted), 1e-300)) return i;
        }
        return -1;
    }
}
