namespace Sweeps.EndToEnd.Cluster;

/// <summary>Sweeps of a few chunks of some seconds of one core.</summary>
internal static class ClusterSpec
{
    public const int Points = 60, LargerPoints = 72;

    public const string Usual =
        """
        name: cluster
        experiment: gaussian-mixture
        axes:
          separation: { from: 0.5, to: 2, count: 6 }
          drift: { from: 0, to: 0.9, count: 10 }
        fixed: { dimension: 64, stiffness: 4, samples: 4096, steps: 1000 }
        measure: [speciation]
        seed: 3
        """;

    /// <summary>The drift goes further.</summary>
    public const string Larger =
        """
        name: cluster
        experiment: gaussian-mixture
        axes:
          separation: { from: 0.5, to: 2, count: 6 }
          drift: { from: 0, to: 1.1, count: 12 }
        fixed: { dimension: 64, stiffness: 4, samples: 4096, steps: 1000 }
        measure: [speciation]
        seed: 3
        """;
}
