using System.Collections.Immutable;
using Sweeps.Compute.Devices;
using Sweeps.Compute.Schedules;
using Sweeps.Compute.Theory;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>
/// The symmetric two-mode Gaussian mixture under a diffusion with stiffness and non-reversible drift (physics §1–4): speciation, collapse
/// and memorisation measured beside their closed forms. Sources: Biroli, Bonnaire, de Bortoli, Mézard 2024 (arXiv 2402.18491); Lu, Tang
/// 2026 (2602.15914); Handke et al. 2026 (2602.09651).
/// </summary>
/// <param name="coordinates">Which coordinates reverse trajectories carry; the rows of a dataset are those of the active ones.</param>
public sealed class GaussianMixtureExperiment(SimulatedCoordinates coordinates = SimulatedCoordinates.Active) : IExperiment
{
    public string Name => "gaussian-mixture";

    public string Description =>
        "Two Gaussian modes at +m and -m: speciation, collapse and memorisation against dimension, separation, schedule, stiffness and drift";

    public ImmutableArray<ExperimentKey> Keys => GaussianMixtureKeys.All;

    public ImmutableArray<string> Measures => [SpeciationMeasurement.Name, CollapseMeasurement.Name, MemorisationMeasurement.Name];

    public ImmutableArray<string> DefaultMeasures => [SpeciationMeasurement.Name, CollapseMeasurement.Name];

    public ImmutableArray<Quantity> Quantities(ImmutableArray<string> measures) =>
    [
        .. measures.Contains(SpeciationMeasurement.Name) ? SpeciationMeasurement.Quantities : [],
        .. measures.Contains(CollapseMeasurement.Name) ? CollapseMeasurement.Quantities : [],
        .. measures.Contains(MemorisationMeasurement.Name) ? MemorisationMeasurement.Quantities : [],
    ];

    public ImmutableArray<CurveObservable> Observables(ImmutableArray<string> measures) =>
    [
        .. measures.Contains(SpeciationMeasurement.Name) ? SpeciationMeasurement.Observables : [],
        .. measures.Contains(CollapseMeasurement.Name) ? CollapseMeasurement.Observables : [],
        .. measures.Contains(MemorisationMeasurement.Name) ? MemorisationMeasurement.Observables : [],
    ];

    public IEnumerable<Objection> Objections(
        IReadOnlyDictionary<string, ImmutableArray<KeyValue>> values, IReadOnlySet<string> given, ExperimentRequest request) =>
        GaussianMixtureObjections.Find(values, given, request);

    public PointKeys Normalise(PointKeys keys)
    {
        if (ScheduleWords.Parse(keys["schedule"].AsWord()).TakesHorizon()) return keys;
        int horizon = keys.Keys.IndexOf(keys.Keys.First(key => key.Name == "horizon"));
        return keys.Values[horizon].IsNull ? keys : new(keys.Keys, keys.Values.SetItem(horizon, KeyValue.Null));
    }

    public double PredictedSeconds(PointKeys keys, ExperimentRequest request) => GaussianMixtureCost.Of(keys, request).Seconds;

    public double? PredictedSeconds(PointKeys keys, ExperimentRequest request, DeviceSpeed speed) =>
        GaussianMixtureCost.SecondsOn(speed, keys, request);

    public void CheckDevice(DeviceSession session) => MixtureDeviceCheck.Run(this, session);

    public int MaximumCurveRows(ExperimentRequest request) =>
        (request.Times?.Length ?? MeasurementTimes.DefaultCurveCount) * Observables(request.Measures).Length;

    public IReadOnlyDictionary<string, double?> Theory(PointKeys keys, long seed)
    {
        var point = new GaussianMixturePoint(Normalise(keys), seed);
        double horizon = point.Schedule.Horizon;
        double? speciation = SpeciationTheory.SpeciationTime(point.Mixture, horizon);
        double? peak = SpeciationTheory.EntropyPeakTime(point.Mixture, horizon);
        return Quantities(Measures)
            .Zip([
                .. SpeciationMeasurement.Theory(point, speciation, peak),
                .. CollapseMeasurement.Theory(point),
                .. MemorisationMeasurement.Theory(point),
            ])
            .ToDictionary(pair => pair.First.Name, pair => pair.Second);
    }

    public PointResult Measure(PointKeys keys, ExperimentRequest request, ComputeResources resources, CancellationToken cancellation)
    {
        var point = new GaussianMixturePoint(Normalise(keys), request.Seed);
        IMixtureKernels kernels = resources.Device is { } session ? MixtureKernelsDevice.Of(session) : MixtureKernelsSimd.Instance;
        IParallelLoop loop = resources.Loop;
        double[] grid = point.Schedule.Grid(point.Steps);
        int[] curveIndices = MeasurementTimes.CurveIndices(grid, request.Times);
        var estimates = ImmutableArray.CreateBuilder<Estimate>();
        var curves = ImmutableArray.CreateBuilder<CurveSample>();
        if (request.Measures.Contains(SpeciationMeasurement.Name))
        {
            var times = new MeasurementTimes(point, grid, request.Times);
            var speciation = SpeciationMeasurement.Simulate(point, grid, times, coordinates, kernels, loop, cancellation);
            estimates.AddRange(speciation.Estimates());
            curves.AddRange(speciation.Curves());
        }
        if (request.Measures.Contains(CollapseMeasurement.Name))
        {
            var collapse = CollapseMeasurement.Simulate(point, grid, curveIndices, kernels, loop, cancellation);
            estimates.AddRange(collapse.Estimates());
            curves.AddRange(collapse.Curves());
        }
        if (request.Measures.Contains(MemorisationMeasurement.Name))
        {
            var memorisation = MemorisationMeasurement.Simulate(point, grid, curveIndices, kernels, loop, cancellation);
            estimates.AddRange(memorisation.Estimates());
            curves.AddRange(memorisation.Curves());
        }
        foreach (Estimate estimate in estimates) RequireFinite(estimate);
        foreach (CurveSample sample in curves) RequireFinite(sample.Estimate);
        return new(estimates.ToImmutable(), curves.ToImmutable());
    }

    private static void RequireFinite(Estimate estimate)
    {
        if (estimate.Value is double value && !double.IsFinite(value)) throw new ArithmeticException("a measured value is not finite");
        if (estimate.StandardError is double error && !double.IsFinite(error)) throw new ArithmeticException("a standard error is not finite");
        if (estimate.Theory is double theory && !double.IsFinite(theory)) throw new ArithmeticException("a closed form is not finite");
    }
}
