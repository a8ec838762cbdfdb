namespace Sweeps.Dashboard.Figures;

/// <summary>What of a quantity a figure shows.</summary>
public enum FigureKind
{
    Measured,

    /// <summary>The closed form, as it is stored beside what was measured.</summary>
    Theory,

    /// <summary>Measured − theory.</summary>
    Residual,

    /// <summary>(Measured − theory) / error.</summary>
    Z,
}
