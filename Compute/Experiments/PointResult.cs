using System.Collections.Immutable;

namespace Sweeps.Compute.Experiments;

/// <summary>All that is measured at one point.</summary>
/// <param name="Estimates">One per quantity, in the order of <see cref="IExperiment.Quantities"/> (a theory-only quantity carries its closed form in <c>Theory</c>).</param>
/// <param name="Curves">Rows by observable, in the order of <see cref="IExperiment.Observables"/>, then by time ascending.</param>
public sealed record PointResult(ImmutableArray<Estimate> Estimates, ImmutableArray<CurveSample> Curves);
