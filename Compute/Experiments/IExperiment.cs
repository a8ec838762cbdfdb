using System.Collections.Immutable;
using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Experiments;

/// <summary>
/// An experiment: <c>point → measurement rows</c>, pure. No clock, no file, no global; its random numbers are counter-based and keyed by seed,
/// keys and purpose, so a point gives the same bits whatever thread, order or machine it runs on.
/// </summary>
public interface IExperiment
{
    /// <summary>The word in a spec.</summary>
    string Name { get; }

    /// <summary>One sentence for help.</summary>
    string Description { get; }

    /// <summary>All keys, in the order of columns and stream keys.</summary>
    ImmutableArray<ExperimentKey> Keys { get; }

    /// <summary>All words that <c>measure</c> knows.</summary>
    ImmutableArray<string> Measures { get; }

    /// <summary>The measures of a spec that names none.</summary>
    ImmutableArray<string> DefaultMeasures { get; }

    /// <summary>Quantities of the given measures, in column order.</summary>
    ImmutableArray<Quantity> Quantities(ImmutableArray<string> measures);

    /// <summary>Curve observables of the given measures, in row order.</summary>
    ImmutableArray<CurveObservable> Observables(ImmutableArray<string> measures);

    /// <summary>
    /// Reasons why a sweep over these values cannot run (rules across keys, memory). Each key maps to all its values in the sweep; a key that the
    /// user did not name maps to its default and is absent from <paramref name="given"/>.
    /// </summary>
    IEnumerable<Objection> Objections(IReadOnlyDictionary<string, ImmutableArray<KeyValue>> values, IReadOnlySet<string> given, ExperimentRequest request);

    /// <summary>The point's keys with those that have no effect there set to null (the horizon of a schedule that has its own).</summary>
    PointKeys Normalise(PointKeys keys);

    /// <summary>Predicted seconds on one core of a 2026 server; a function of the keys and the request, never of this machine.</summary>
    double PredictedSeconds(PointKeys keys, ExperimentRequest request);

    /// <summary>Predicted seconds on a device; null where the experiment has no form for one.</summary>
    double? PredictedSeconds(PointKeys keys, ExperimentRequest request, DeviceSpeed speed) => null;

    /// <summary>Measures something small on a device and on the processor, and compares.</summary>
    /// <exception cref="DeviceException">The device gives other numbers, or fails.</exception>
    void CheckDevice(DeviceSession session)
    {
    }

    /// <summary>An upper bound on the rows that a point adds to <c>curves</c>.</summary>
    int MaximumCurveRows(ExperimentRequest request);

    /// <summary>Closed forms of the point, by quantity name; null where none exists. No simulation.</summary>
    /// <param name="keys">The point.</param>
    /// <param name="seed">The sweep's: a model may be drawn from it (a random direction); nothing else is.</param>
    IReadOnlyDictionary<string, double?> Theory(PointKeys keys, long seed);

    /// <summary>Measures the point.</summary>
    /// <exception cref="ArithmeticException">A result is not finite: the point has failed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    PointResult Measure(PointKeys keys, ExperimentRequest request, ComputeResources resources, CancellationToken cancellation);
}
