namespace Sweeps.Compute.Experiments;

/// <summary>A function of time that an experiment samples into the <c>curves</c> table.</summary>
public sealed record CurveObservable(string Name, string Unit, string Description);
