using System.Collections.Immutable;
using Sweeps.Compute.Experiments;

namespace Sweeps.Fakes;

/// <summary>A quick experiment with closed forms, a word axis, a point that fails, and a place to wait.</summary>
internal sealed class FakeExperiment : IExperiment
{
    /// <summary>Twelve points over two numeric axes and words; at slope 0 there is no closed form.</summary>
    public const string SmallSpec = """
        name: small
        experiment: fake
        axes:
          kind: [flat, round]
          slope: [0, 0.1, 2]
          width: [2, 5]
        times: [1, 2, 4]
        measure: [height, sum]
        """;

    private static readonly Quantity Height = new("t_height", "OU time", "Height.");
    private static readonly Quantity Sum = new("t_sum", "OU time", "Sum of the keys.") { TheoryOnly = true };

    /// <summary>Called at the beginning of each measurement.</summary>
    public Action<PointKeys> Before { get; init; } = _ => { };

    /// <summary>Added to every height: a version of the program that computes something else.</summary>
    public double Bias { get; init; }

    public string Name => "fake";

    public string Description => "Heights over two keys.";

    public ImmutableArray<ExperimentKey> Keys { get; } =
    [
        new("slope", KeyKind.Real, KeyValue.Of(1.0), "1", "Slope; 13 fails.") { Minimum = 0, Maximum = 1000 },
        new("width", KeyKind.Integer, KeyValue.Of(4L), "1", "Width.") { Minimum = 1, Maximum = 1e7, AffectsCost = true },
        new("kind", KeyKind.Choice, KeyValue.Of("flat"), "1", "Kind.") { Choices = ["flat", "round"] },
    ];

    public ImmutableArray<string> Measures => ["height", "sum"];

    public ImmutableArray<string> DefaultMeasures => ["height"];

    public ImmutableArray<Quantity> Quantities(ImmutableArray<string> measures) =>
        [.. measures.Select(measure => measure == "height" ? Height : Sum)];

    public ImmutableArray<CurveObservable> Observables(ImmutableArray<string> measures) =>
        measures.Contains("height") ? [new("rise", "1", "Rise over time.")] : [];

    public IEnumerable<Objection> Objections(
        IReadOnlyDictionary<string, ImmutableArray<KeyValue>> values, IReadOnlySet<string> given, ExperimentRequest request) =>
        values["width"].Contains(KeyValue.Of(666L)) ? [new Objection("width", "no width is 666", "choose another")] : [];

    public PointKeys Normalise(PointKeys keys) => keys;

    public double PredictedSeconds(PointKeys keys, ExperimentRequest request) => 1e-3 * keys["width"].AsInteger();

    public int MaximumCurveRows(ExperimentRequest request) => request.Times?.Length ?? 2;

    public IReadOnlyDictionary<string, double?> Theory(PointKeys keys, long seed)
    {
        double slope = keys["slope"].AsReal();
        return new Dictionary<string, double?> { ["t_height"] = slope == 0 ? null : slope * keys["width"].AsInteger(), ["t_sum"] = slope };
    }

    public PointResult Measure(PointKeys keys, ExperimentRequest request, ComputeResources resources, CancellationToken cancellation)
    {
        Before(keys);
        cancellation.ThrowIfCancellationRequested();
        double slope = keys["slope"].AsReal();
        if (slope == 13) throw new ArithmeticException("the height of slope 13 is not finite");
        double? theory = Theory(keys, request.Seed)["t_height"];
        double? value = theory + 1.0 / 3 + Bias;
        var estimates = request.Measures.Select(measure =>
            measure == "height" ? new Estimate(value, theory is null ? null : 0.01, theory, true) : new Estimate(null, null, slope));
        var curve = (request.Times ?? [1.0, 2.0]).Select(t => new CurveSample("rise", t, new Estimate(slope * t + 0.25, 0.5, slope * t)));
        return new PointResult([.. estimates], request.Measures.Contains("height") ? [.. curve] : []);
    }
}
