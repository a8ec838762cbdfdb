namespace Sweeps.Dashboard.Plots;

/// <summary>One measured point of a series.</summary>
/// <param name="X">Value on the x axis; the index of the word on an axis of words.</param>
/// <param name="Value">Measured; null breaks the line.</param>
/// <param name="StandardError">Half length of the error bar.</param>
/// <param name="Theory">Closed form at the same x.</param>
public readonly record struct LinePoint(double X, double? Value, double? StandardError = null, double? Theory = null);
