using System.Collections.Immutable;
using Sweeps.Compute.Experiments.Mixture;

namespace Sweeps.Compute.Experiments;

/// <summary>All experiments that a spec can name.</summary>
public static class ExperimentCatalogue
{
    public static ImmutableArray<IExperiment> All { get; } = [new GaussianMixtureExperiment()];
}
