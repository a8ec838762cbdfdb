using System.Collections.Immutable;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Datasets.Tables;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Datasets;

/// <summary>The columns of <c>points</c>: the grid index, the experiment's keys, each quantity with its companions, the device.</summary>
public static class PointsSchema
{
    public const string Point = "point";
    public const string Device = "device";

    /// <summary>Appended to a quantity's name, in column order.</summary>
    public static ImmutableArray<string> Companions { get; } = ["_se", "_theory", "_shift", "_z"];

    public static TableSchema Of(SweepSpec spec) => new(
    [
        new(Point, ColumnType.Int64, Unit: "1", Description: "grid index, row-major, the last axis fastest"),
        .. spec.Experiment.Keys.Select(OfKey),
        .. spec.Experiment.Quantities(spec.Measures).SelectMany(OfQuantity),
        new(Device, ColumnType.Text, Description: "kind of device that measured the point"),
    ]);

    private static TableColumn OfKey(ExperimentKey key) => key.Kind switch
    {
        KeyKind.Integer => new(key.Name, ColumnType.Int64, true, key.Unit, key.Description),
        KeyKind.Real => new(key.Name, ColumnType.Double, true, key.Unit, key.Description),
        _ => new(key.Name, ColumnType.Text, true, null, key.Description),
    };

    private static IEnumerable<TableColumn> OfQuantity(Quantity quantity)
    {
        yield return Of("", quantity.Unit, quantity.Description);
        if (quantity.TheoryOnly) yield break;
        yield return Of("_se", quantity.Unit, $"standard error of {quantity.Name}");
        yield return Of("_theory", quantity.Unit, $"closed form of {quantity.Name}");
        yield return Of("_shift", quantity.Unit, $"{quantity.Name} − {quantity.Name}_theory");
        yield return Of("_z", "1", $"{quantity.Name}_shift in standard errors; null unless the theory is exact at finite size");

        TableColumn Of(string suffix, string unit, string description) =>
            new(quantity.Name + suffix, ColumnType.Double, true, unit, description);
    }
}
