using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Datasets;

namespace Sweeps.Dashboard.Figures;

internal static class FigureKinds
{
    /// <summary>The word in addresses.</summary>
    public static string Word(this FigureKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The words in a list to choose from.</summary>
    public static string Words(this FigureKind kind) => kind switch
    {
        FigureKind.Measured => "measured",
        FigureKind.Theory => "theory",
        FigureKind.Residual => "residual (measured − theory)",
        _ => "z ((measured − theory) / error)",
    };

    /// <summary>The column of a quantity that holds it; null if the quantity has none.</summary>
    public static MeasuredColumn? ColumnOf(this FigureKind kind, Quantity quantity)
    {
        string? companion = (kind, quantity.TheoryOnly) switch
        {
            (FigureKind.Theory, true) => "",
            (_, true) => null,
            (FigureKind.Measured, _) => "",
            (FigureKind.Theory, _) => "_theory",
            (FigureKind.Residual, _) => "_shift",
            _ => "_z",
        };
        return companion is null ? null : new(quantity.Name + companion, quantity, companion);
    }
}
