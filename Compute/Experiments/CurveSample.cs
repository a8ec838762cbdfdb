namespace Sweeps.Compute.Experiments;

/// <summary>One row of a curve.</summary>
/// <param name="Observable">Name of the <see cref="CurveObservable"/>.</param>
/// <param name="T">OU time, as simulated.</param>
/// <param name="Estimate">Value, error and closed form at <paramref name="T"/>.</param>
public readonly record struct CurveSample(string Observable, double T, Estimate Estimate);
