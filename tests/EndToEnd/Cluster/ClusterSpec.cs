namespace Sweeps.EndToEnd.Cluster;

/// <summary>Sweeps in chunks of about five seconds of one core.</summary>
internal static class ClusterSpec
{
    public const int UsualPoints = 52, LargerPoints = 60, LongerPoints = 120, BriefPoints = 4;

    /// <summary>Three chunks, the last a small one.</summary>
    public static readonly string Usual = Of("cluster", 4, 13);

    /// <summary>The same with more drift.</summary>
    public static readonly string Larger = Of("cluster", 4, 15);

    /// <summary>Six chunks.</summary>
    public static readonly string Longer = Of("longer", 10, 12);

    /// <summary>A second.</summary>
    public static readonly string Brief = Of("brief", 2, 2);

    public static string Of(string name, int separations, int drifts) => FormattableString.Invariant(
        $$"""
        name: {{name}}
        experiment: gaussian-mixture
        axes:
          separation: { from: 0.5, to: 2, count: {{separations}} }
          drift: { from: 0, to: {{(drifts - 1) / 10.0}}, count: {{drifts}} }
        fixed: { dimension: 64, stiffness: 4, samples: 4096, steps: 1000 }
        measure: [speciation]
        seed: 3
        """);
}
