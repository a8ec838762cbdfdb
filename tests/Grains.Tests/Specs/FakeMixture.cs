using System.Collections.Immutable;
using Sweeps.Compute.Experiments;

namespace Sweeps.Grains.Tests.Specs;

/// <summary>The keys and rules of <c>gaussian-mixture</c>; all is real but the measuring.</summary>
internal sealed class FakeMixture : IExperiment
{
    private static readonly string[] WithHorizon = ["ou", "entropy-aware"];

    public static IReadOnlyCollection<IExperiment> Catalogue => [new FakeMixture()];

    /// <summary>Times that a cost was asked for.</summary>
    public int CostEvaluations { get; private set; }

    public Func<PointKeys, double> Cost { get; init; } = keys =>
        1e-8 * keys["samples"].AsInteger() * keys["steps"].AsInteger()
            + 1e-9 * keys["training_points"].AsReal() * keys["dimension"].AsReal();

    public string Name { get; init; } = "gaussian-mixture";

    public string Description => "Two Gaussian modes.";

    public ImmutableArray<ExperimentKey> Keys { get; } =
    [
        new("dimension", KeyKind.Integer, KeyValue.Of(64L), "1", "Dimension.") { Minimum = 1, Maximum = 1e6, AffectsCost = true },
        new("separation", KeyKind.Real, KeyValue.Of(1.0), "1", "Half distance of the modes.") { Minimum = 0 },
        new("sigma", KeyKind.Real, KeyValue.Of(1.0), "1", "Width of a mode.") { Minimum = 0, MinimumIsExclusive = true },
        new("schedule", KeyKind.Choice, KeyValue.Of("ou"), "1", "Schedule.")
        {
            Choices = ["ou", "vp-linear", "cosine", "edm", "entropy-aware"],
        },
        new("horizon", KeyKind.Real, KeyValue.Of(10.0), "OU time", "Horizon.") { Minimum = 0, MinimumIsExclusive = true, Maximum = 100 },
        new("steps", KeyKind.Integer, KeyValue.Of(500L), "1", "Steps.") { Minimum = 1, Maximum = 1e7, AffectsCost = true },
        new("drift", KeyKind.Real, KeyValue.Of(0.0), "1", "Drift.") { Minimum = 0 },
        new("stiffness", KeyKind.Real, KeyValue.Of(1.0), "1", "Stiffness.") { Minimum = 1 },
        new("direction", KeyKind.Choice, KeyValue.Of("slowest"), "1", "Direction.")
        {
            Choices = ["slowest", "fastest", "uniform", "random"],
        },
        new("training_points", KeyKind.Integer, KeyValue.Of(10000L), "1", "Training points.")
        {
            Minimum = 2,
            Maximum = 1e9,
            AffectsCost = true,
        },
        new("samples", KeyKind.Integer, KeyValue.Of(4096L), "1", "Samples.") { Minimum = 64, Maximum = 1e9, AffectsCost = true },
    ];

    public ImmutableArray<string> Measures => ["speciation", "collapse", "memorisation"];

    public ImmutableArray<string> DefaultMeasures => ["speciation", "collapse"];

    public ImmutableArray<Quantity> Quantities(ImmutableArray<string> measures) => [];

    public ImmutableArray<CurveObservable> Observables(ImmutableArray<string> measures) => [];

    public IEnumerable<Objection> Objections(
        IReadOnlyDictionary<string, ImmutableArray<KeyValue>> values, IReadOnlySet<string> given, ExperimentRequest request)
    {
        if (given.Contains("horizon") && !values["schedule"].Any(schedule => WithHorizon.Contains(schedule.AsWord())))
            yield return new Objection("horizon", "horizon has no effect with these schedules", "remove it");
    }

    public PointKeys Normalise(PointKeys keys) => WithHorizon.Contains(keys["schedule"].AsWord())
        ? keys
        : new PointKeys(keys.Keys, keys.Values.SetItem(4, KeyValue.Null));

    public double PredictedSeconds(PointKeys keys, ExperimentRequest request)
    {
        CostEvaluations++;
        return Cost(keys);
    }

    public int MaximumCurveRows(ExperimentRequest request) => 0;

    public IReadOnlyDictionary<string, double?> Theory(PointKeys keys) => new Dictionary<string, double?>();

    public PointResult Measure(PointKeys keys, ExperimentRequest request, IParallelLoop loop, CancellationToken cancellation) =>
        throw new NotSupportedException("these tests measure nothing");
}
