namespace Sweeps.EndToEnd.Chaos;

/// <summary>
/// A sweep that grows a value of its first axis at a time: about ten seconds of one core, in two or three chunks.
/// </summary>
internal static class SoakSpec
{
    /// <summary>To begin with, and in the end: a value a minute, and each third minute another, make ten minutes.</summary>
    public const int FewestDrifts = 2, MostDrifts = 15;

    private const int Separations = 80;

    public static int Points(int drifts) => drifts * Separations;

    public static string Of(int drifts) => FormattableString.Invariant(
        $$"""
        name: soak
        experiment: gaussian-mixture
        axes:
          drift: { from: 0, to: {{0.02m * (drifts - 1)}}, count: {{drifts}} }
          separation: { from: 0.5, to: 2, count: {{Separations}} }
        fixed: { dimension: 64, stiffness: 4, samples: 2048, steps: 1000 }
        measure: [speciation]
        times: [2]
        seed: 3
        """);
}
