namespace Sweeps.Dashboard.Plots;

/// <summary>How numbers are laid out along an axis.</summary>
public enum AxisScale
{
    /// <summary>
    /// Logarithmic if the values are positive, span a factor of five and are spaced more evenly by ratio than by difference.
    /// </summary>
    Automatic,

    Linear,

    Logarithmic,
}
