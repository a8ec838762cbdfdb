using System.Collections.Immutable;
using System.Globalization;
using Sweeps.Compute.Experiments;
using Sweeps.Compute.Experiments.Mixture;

namespace Sweeps.Compute.Tests.Experiments.Mixture;

/// <summary>Points of the experiment by the keys that differ from the defaults, and what is measured there.</summary>
internal static class MixtureRuns
{
    public static GaussianMixtureExperiment Experiment { get; } = new();

    public static PointKeys Keys(params (string Name, object Value)[] given) => new(
        Experiment.Keys,
        [
            .. Experiment.Keys.Select(key =>
            {
                object? value = given.LastOrDefault(pair => pair.Name == key.Name).Value;
                return value is null ? key.Default : key.Kind switch
                {
                    KeyKind.Integer => KeyValue.Of(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
                    KeyKind.Real => KeyValue.Of(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
                    _ => KeyValue.Of((string)value),
                };
            }),
        ]);

    public static ExperimentRequest Request(string measures, double[]? times = null, long seed = 1) => new(
        [.. Experiment.Measures.Where(measures.Split('+').Contains)], times is null ? null : [.. times], seed);

    public static PointResult Speciation(PointKeys keys, double[]? times = null, long seed = 1) =>
        Measure(keys, Request("speciation", times ?? [], seed));

    public static PointResult Collapse(PointKeys keys, double[]? times = null, long seed = 1) =>
        Measure(keys, Request("collapse", times ?? [], seed));

    public static PointResult Measure(
        PointKeys keys, ExperimentRequest request, IParallelLoop? loop = null,
            SimulatedCoordinates coordinates = SimulatedCoordinates.Active) =>
        new GaussianMixtureExperiment(coordinates).Measure(keys, request, new(loop ?? Threads.All), CancellationToken.None);

    public static Estimate Of(this PointResult result, string quantity, string measures = "speciation+collapse")
    {
        ImmutableArray<Quantity> quantities = Experiment.Quantities(Request(measures).Measures);
        return result.Estimates[quantities.IndexOf(quantities.First(q => q.Name == quantity))];
    }

    public static CurveSample[] Curve(this PointResult result, string observable) =>
        [.. result.Curves.Where(sample => sample.Observable == observable)];

    /// <summary>All numbers of a result, for comparisons bit by bit.</summary>
    public static long?[] Bits(this PointResult result) =>
    [
        .. result.Estimates.Concat(result.Curves.Select(sample => sample.Estimate)).SelectMany(e => new[] { Bits(e.Value),
            Bits(e.StandardError) }),
    ];

    private static long? Bits(double? x) => x is double value ? BitConverter.DoubleToInt64Bits(value) : null;
}
