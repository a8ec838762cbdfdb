using System.Collections.Immutable;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Datasets;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Figures;

/// <summary>Which figure of a sweep is wanted: a phase diagram over two axes, or lines along one; all other axes have one value.</summary>
/// <param name="X">Name of the axis across.</param>
/// <param name="Y">Name of the axis upwards; null for lines.</param>
/// <param name="Quantity">What is shown.</param>
/// <param name="Kind">What of it.</param>
/// <param name="Pins">A value for every axis that varies and is not shown, in the sweep's order.</param>
public sealed record FigureChoice(string X, string? Y, Quantity Quantity, FigureKind Kind, ImmutableArray<FigurePin> Pins)
{
    /// <summary>What the names of values of further axes begin with in addresses.</summary>
    public const string PinPrefix = "at.";

    public const string LinesWord = "lines";

    internal MeasuredColumn Column => Kind.ColumnOf(Quantity)
        ?? throw new InvalidOperationException($"{Quantity.Name} has no {Kind.Word()}");

    /// <summary>The choice as an address says it; the same for the same choice.</summary>
    public string Query => string.Join('&', Words.Select(word => $"{Uri.EscapeDataString(word.Key)}={Uri.EscapeDataString(word.Value)}"));

    private IEnumerable<KeyValuePair<string, string>> Words =>
    [
        new("x", X), new("y", Y ?? LinesWord), new("quantity", Quantity.Name), new("what", Kind.Word()),
        .. Pins.Select(pin => new KeyValuePair<string, string>(PinPrefix + pin.Axis.Name, pin.Value.ToString())),
    ];

    /// <summary>The axes that a figure can have along its sides, in the sweep's order.</summary>
    public static ImmutableArray<Axis> Varying(SweepSpec spec) => [.. spec.Axes.Where(axis => axis.Values.Length > 1)];

    /// <summary>The number of the value that an axis has until somebody chooses: the middle one, of words the first.</summary>
    public static int UsualPlace(Axis axis) => axis.Values[0].Kind is KeyKind.Choice ? 0 : (axis.Values.Length - 1) / 2;

    /// <summary>The axes of the figure that is shown first: the two longest, the later one across. Null if nothing varies.</summary>
    public static (string X, string? Y)? UsualSides(SweepSpec spec)
    {
        var longest = Varying(spec).OrderByDescending(axis => axis.Values.Length).Take(2).ToArray();
        string[] names = [.. longest.OrderByDescending(axis => spec.Axes.IndexOf(axis)).Select(axis => axis.Name)];
        return names.Length == 0 ? null : (names[0], names.Length > 1 ? names[1] : null);
    }

    /// <summary>The rows that the figure is of.</summary>
    internal GridSelection SelectionOf(PointGrid grid)
    {
        var selection = GridSelection.Read(grid, Pins.Select(pin => $"{pin.Axis.Name}={pin.Value}"));
        return selection.Value ?? throw new InvalidOperationException(string.Join("; ", selection.Mistakes));
    }

    /// <summary>The point at which the axis across has its i-th value, and the one upwards its j-th.</summary>
    public long PointAt(PointGrid grid, int i, int j)
    {
        int[] coordinates = [.. grid.Axes.Select(axis => axis.Name == X ? i : axis.Name == Y ? j
            : Pins.FirstOrDefault(pin => pin.Axis.Name == axis.Name)?.Place ?? 0)];
        return grid.IndexOf(coordinates);
    }
}
