using Sweeps.Compute.Experiments;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Tests.Specs;

/// <summary>Spec texts and their reading, for tests.</summary>
internal static class SpecText
{
    /// <summary>The example of the interface, line 1 being <c>name</c>.</summary>
    public const string Example = """
        name: drift-phase-diagram        # letters, digits, '-', '_'
        experiment: gaussian-mixture     # catalogue: sweeps run --help lists them
        axes:                            # any numeric or named key of the experiment; list, range, or log range
          dimension: [64, 256]
          separation: { from: 0.5, to: 2.0, count: 4 }
          schedule: [ou, cosine]
          drift: { from: 0, to: 1.5, count: 7 }
          # training_points: { log_from: 100, log_to: 10000, count: 5 }
        fixed: { sigma: 1, stiffness: 4, direction: slowest, training_points: 20000, samples: 4096, steps: 500, horizon: 10 }
        times: { from: 0.5, to: 6, count: 12 }   # where curves are taken; optional
        measure: [speciation, collapse]   # and memorisation; default: the first two
        seed: 7
        """;

    public static SpecReading Read(string text, params (string Key, string Value)[] overrides) =>
        SpecReader.Read(text, "spec.yaml", overrides, FakeMixture.Catalogue);

    public static SweepSpec Spec(string text, IExperiment experiment, params (string Key, string Value)[] overrides)
    {
        var reading = SpecReader.Read(text, "spec.yaml", overrides, [experiment]);
        Assert.True(reading.IsValid, string.Join('\n', reading.Mistakes));
        return reading.Spec;
    }

    public static SweepSpec Spec(string text, params (string Key, string Value)[] overrides) => Spec(text, new FakeMixture(), overrides);

    /// <summary>A spec with the given lines after its name (line 1) and experiment (line 2).</summary>
    public static string With(params string[] lines) => string.Join('\n', ["name: a", "experiment: gaussian-mixture", .. lines, ""]);

    public static string[] Mistakes(string text, params (string Key, string Value)[] overrides) =>
        [.. Read(text, overrides).Mistakes.Select(mistake => mistake.ToString())];
}
