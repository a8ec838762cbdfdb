using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>
/// A small point on a device beside the processor, before a sweep trusts it: drivers compile kernels anew, and not all do so rightly. Of stiffness and
/// drift, so that every kind of block is in it, and of none, which takes a way of its own.
/// </summary>
internal static class MixtureDeviceCheck
{
    /// <exception cref="DeviceException">The device gives other numbers, or fails.</exception>
    public static void Run(GaussianMixtureExperiment experiment, DeviceSession session)
    {
        foreach (double drift in (double[])[0, 0.7])
        {
            // The empirical sampler goes the same way with and without.
            var measures = drift > 0 ? experiment.Measures : experiment.DefaultMeasures;
            var request = new ExperimentRequest(measures, [0.2, 0.6, 1], 1);
            PointKeys keys = Keys(experiment, drift);
            PointResult here = experiment.Measure(keys, request, new(SequentialLoop.Instance), CancellationToken.None);
            PointResult there = experiment.Measure(keys, request, new(SequentialLoop.Instance, session), CancellationToken.None);
            if (Agree(here, there)) continue;
            throw new DeviceException(
                DeviceFailure.Unavailable, $"{session.Device.Description} gives other numbers than the processor, so its driver cannot be trusted");
        }
    }

    internal static bool Agree(PointResult here, PointResult there) =>
        here.Curves.Select(row => (row.Observable, row.T)).SequenceEqual(there.Curves.Select(row => (row.Observable, row.T)))
        && here.Estimates.Zip(there.Estimates).All(pair => Agree(pair.First, pair.Second))
        && here.Curves.Zip(there.Curves).All(pair => Agree(pair.First.Estimate, pair.Second.Estimate));

    private static bool Agree(Estimate one, Estimate other) => DeviceAgreement.Holds(one.Value, one.StandardError, other.Value);

    private static PointKeys Keys(GaussianMixtureExperiment experiment, double drift) => new(
        experiment.Keys,
        [
            .. experiment.Keys.Select(key => key.Name switch
            {
                "dimension" => KeyValue.Of(5L),
                "training_points" => KeyValue.Of(20L),
                "samples" => KeyValue.Of(64L),
                "steps" => KeyValue.Of(12L),
                "horizon" => KeyValue.Of(2.0),
                "drift" => KeyValue.Of(drift),
                "stiffness" => KeyValue.Of(drift > 0 ? 4.0 : 1.0),
                _ => key.Default,
            }),
        ]);
}
