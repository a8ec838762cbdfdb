using System.Collections.Immutable;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Display;

namespace Sweeps.Dashboard.Datasets;

/// <summary>A column of numbers that belongs to a quantity: the quantity itself, or one of its companions.</summary>
internal sealed record MeasuredColumn(string Name, Quantity Quantity, string Companion)
{
    private static readonly ImmutableArray<string> Companions = ["", "_se", "_theory", "_shift", "_z"];

    /// <summary>Column of the error bars; null where there is none.</summary>
    public string? ErrorColumn => Companion is "" or "_shift" && !Quantity.TheoryOnly ? $"{Quantity.Name}_se" : null;

    /// <summary>Column of the closed form of the quantity; null where it would not be one of the same thing.</summary>
    public string? TheoryColumn => Companion is "" && !Quantity.TheoryOnly ? $"{Quantity.Name}_theory" : null;

    /// <summary>Whether zero is the middle.</summary>
    public bool IsDeviation => Companion is "_shift" or "_z";

    /// <summary>Whether the closed form tells where on the map one is.</summary>
    public bool HasBoundary => Companion is not "_se";

    public string Unit => Companion is "_z" ? "1" : Quantity.Unit;

    public string Label => Companion switch
    {
        "_se" => $"standard error of {Labels.Of(Quantity.Name)}",
        "_theory" => $"{Labels.Of(Quantity.Name)}, theory",
        "_shift" => $"{Labels.Of(Quantity.Name)}, measured − theory",
        "_z" => $"{Labels.Of(Quantity.Name)}, (measured − theory) / error",
        _ => Labels.Of(Quantity.Name),
    };

    /// <summary>All such columns of a sweep, in the order of the table.</summary>
    public static IEnumerable<MeasuredColumn> Of(IExperiment experiment, ImmutableArray<string> measures) =>
        from quantity in experiment.Quantities(measures)
        from companion in quantity.TheoryOnly ? [""] : Companions
        select new MeasuredColumn(quantity.Name + companion, quantity, companion);
}
