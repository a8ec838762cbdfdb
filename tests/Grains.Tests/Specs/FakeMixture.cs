using System.Collections.Immutable;
using Sweeps.Compute.Devices;
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

    /// <summary>Called before a point is measured; may throw, to let the point fail.</summary>
    public Action<PointKeys> BeforeMeasure { get; init; } = _ => { };

    /// <summary>Points whose value is not a number.</summary>
    public Func<PointKeys, bool> GivesNaN { get; init; } = _ => false;

    /// <summary>Called in the middle of a measurement, with what it is done with; may throw what a device throws.</summary>
    public Action<PointKeys, ComputeResources> InTheMiddle { get; init; } = (_, _) => { };

    /// <summary>Predicted seconds on a device; null where there is no form for one.</summary>
    public Func<PointKeys, double?> DeviceCost { get; init; } = _ => null;

    /// <summary>The bound on a point's curve rows, if not what it has.</summary>
    public int? CurveRowsBound { get; init; }

    private int measureCalls;

    /// <summary>Times that a point was measured.</summary>
    public int MeasureCalls => measureCalls;

    public ImmutableArray<Quantity> Quantities(ImmutableArray<string> measures) =>
        [new("t_speciation", "OU time", "Speciation."), new("t_collapse", "OU time", "Collapse.") { TheoryOnly = true }];

    public ImmutableArray<CurveObservable> Observables(ImmutableArray<string> measures) =>
        [new("clone_probability", "1", "Clones."), new("class_entropy", "nat", "Entropy.")];

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

    public double? PredictedSeconds(PointKeys keys, ExperimentRequest request, DeviceSpeed speed) => DeviceCost(keys);

    public int MaximumCurveRows(ExperimentRequest request) => CurveRowsBound ?? 2 * (request.Times?.Length ?? 3);

    public IReadOnlyDictionary<string, double?> Theory(PointKeys keys, long seed) => new Dictionary<string, double?>();

    /// <summary>Numbers that depend on every key, cheap and the same always; a loop, so that threads have something to share.</summary>
    public PointResult Measure(PointKeys keys, ExperimentRequest request, ComputeResources resources, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Interlocked.Increment(ref measureCalls);
        BeforeMeasure(keys);
        double[] parts = new double[4];
        ulong bits = 14695981039346656037;
        foreach (char c in keys.Canonical()) bits = (bits ^ c) * 1099511628211;
        resources.Loop.For(parts.Length, i => parts[i] = (bits >> (8 * i) & 0xFF) / 256.0);
        InTheMiddle(keys, resources);
        double value = GivesNaN(keys) ? double.NaN : parts.Sum();
        double? theory = parts[0] < 0.5 ? null : parts[0];
        ImmutableArray<double> times = request.Times ?? [1, 2, 3];
        return new(
            [new(value, parts[1], theory, true), new(null, null, theory)],
            [
                .. times.Select(t => new CurveSample("clone_probability", t, new(parts[0] * t, parts[1], null))),
                .. times.Select(t => new CurveSample("class_entropy", t, new(parts[2] / t, null, parts[3]))),
            ]);
    }
}
