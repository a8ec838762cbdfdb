namespace Sweeps.EndToEnd.Chaos;

/// <summary>
/// A sweep that grows a value of its first axis at a time: about ten seconds of one core, in two or three chunks. It has few rows for its
/// work, and so the buffers for merging them, which are as large as the sweep's columns, stay small beside a silo: what grows is the silo's.
/// </summary>
internal static class SoakSpec
{
    private const int Separations = 80;

    public static int Points(int drifts) => drifts * Separations;

    // Small steps: after hours the drift is still one that the experiment is meant for.
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
