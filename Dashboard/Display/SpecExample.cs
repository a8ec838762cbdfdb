using Sweeps.Compute.Experiments;
using Sweeps.Compute.Experiments.Mixture;

namespace Sweeps.Dashboard.Display;

/// <summary>A spec to begin with.</summary>
internal static class SpecExample
{
    private const string Mixture = """
        # When does the class of a sample appear, and how does a non-reversible
        # drift move that moment? Speciation over separation × drift: a minute or so.
        name: phase-diagram
        experiment: gaussian-mixture
        axes:
          drift: { from: 0, to: 1.5, count: 13 }
          separation: { from: 0.5, to: 2, count: 13 }
          # a list is an axis, too:  stiffness: [1, 4, 16]
          # and a logarithmic range: training_points: { log_from: 100, log_to: 10000, count: 5 }
        fixed:
          dimension: 64
          stiffness: 4
          direction: slowest
          training_points: 2000
          samples: 4096
          steps: 500
        times: { from: 0.5, to: 6, count: 12 }   # where curves are taken; left out: 24, uniform
        measure: [speciation, collapse]
        seed: 7

        """;

    public static string For(IReadOnlyCollection<IExperiment> catalogue) =>
        catalogue.Any(experiment => experiment is GaussianMixtureExperiment) || catalogue.Count == 0 ? Mixture : Bare(catalogue.First());

    private static string Bare(IExperiment experiment)
    {
        var key = experiment.Keys[0];
        return $"name: my-sweep\nexperiment: {experiment.Name}\naxes:\n  {key.Name}: [{key.Default}]\n";
    }
}
