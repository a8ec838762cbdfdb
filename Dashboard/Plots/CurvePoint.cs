namespace Sweeps.Dashboard.Plots;

/// <summary>One point of a line without errors; null breaks it.</summary>
public readonly record struct CurvePoint(double X, double? Y);
