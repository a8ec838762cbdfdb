using System.Collections.Immutable;

namespace Sweeps.Compute.Experiments;

/// <summary>What a spec asks at every point, beside the point's own keys.</summary>
/// <param name="Measures">Which measurements to make; a subset of <see cref="IExperiment.Measures"/>, in that order.</param>
/// <param name="Times">OU times at which curves are taken; null for the experiment's default grid, empty for no curves.</param>
/// <param name="Seed">Seed of the sweep.</param>
public sealed record ExperimentRequest(ImmutableArray<string> Measures, ImmutableArray<double>? Times, long Seed);
