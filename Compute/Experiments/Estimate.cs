namespace Sweeps.Compute.Experiments;

/// <summary>A measured number beside its closed form; each part null where it does not exist.</summary>
/// <param name="Value">Measured value.</param>
/// <param name="StandardError">Standard error of the value.</param>
/// <param name="Theory">Closed form.</param>
/// <param name="TheoryIsExact">Whether the closed form holds at finite size, so that a z-score means something.</param>
public readonly record struct Estimate(double? Value, double? StandardError, double? Theory, bool TheoryIsExact = false)
{
    /// <summary>Measured − theory.</summary>
    public double? Shift => Value - Theory;

    /// <summary>Shift in standard errors; null unless the theory is exact at finite size and the error positive.</summary>
    public double? Z => TheoryIsExact && StandardError > 0 ? Shift / StandardError : null;
}
