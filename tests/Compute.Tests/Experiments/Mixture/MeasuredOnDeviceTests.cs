using Sweeps.Compute.Devices;
using Sweeps.Compute.Experiments;
using Sweeps.Compute.Tests.Devices;

namespace Sweeps.Compute.Tests.Experiments.Mixture;

/// <summary>
/// Whole points on a device beside the processor: the same streams, so the same trajectories up to rounding, and numbers that agree much better than
/// their errors.
/// </summary>
[Collection("Device")]
public sealed class MeasuredOnDeviceTests(DeviceFixture fixture) : IDisposable
{
    private readonly DeviceSession session = new(fixture.Device);

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("ou", 4, 0.7, "slowest")]
    [InlineData("cosine", 1, 0, "slowest")]
    [InlineData("edm", 4, 0, "uniform")]
    public void Speciation_has_the_processors_bits(string schedule, double stiffness, double drift, string direction)
    {
        PointKeys keys = MixtureRuns.Keys(
            ("dimension", 9), ("samples", 500), ("steps", 60), ("schedule", schedule), ("stiffness", stiffness), ("drift", drift),
            ("direction", direction));
        ExperimentRequest request = MixtureRuns.Request("speciation");
        Assert.Equal(MixtureRuns.Measure(keys, request).Bits(), OnDevice(keys, request).Bits());
    }

    [Theory]
    [InlineData("collapse", 1, 0)]
    [InlineData("collapse", 4, 0.7)]
    [InlineData("memorisation", 1, 0)]
    [InlineData("memorisation", 4, 0.7)]
    public void Collapse_and_memorisation_are_the_processors_within_a_fraction_of_their_errors(string measure, double stiffness, double drift)
    {
        PointKeys keys = MixtureRuns.Keys(
            ("dimension", 5), ("training_points", 40), ("samples", 128), ("steps", 24), ("horizon", 2), ("stiffness", stiffness), ("drift", drift));
        ExperimentRequest request = MixtureRuns.Request(measure, [0.2, 0.6, 1]);
        PointResult expected = MixtureRuns.Measure(keys, request), actual = OnDevice(keys, request);
        Assert.Equal(expected.Estimates.Length, actual.Estimates.Length);
        Assert.NotNull(expected.Estimates[0].Value);
        foreach (var (one, other) in expected.Estimates.Zip(actual.Estimates)) AssertClose(one, other);
        Assert.Equal(expected.Curves.Select(row => (row.Observable, row.T)), actual.Curves.Select(row => (row.Observable, row.T)));
        foreach (var (one, other) in expected.Curves.Zip(actual.Curves)) AssertClose(one.Estimate, other.Estimate);
    }

    private static void AssertClose(Estimate expected, Estimate actual)
    {
        Assert.Equal(expected.Theory, actual.Theory);
        Assert.Equal(expected.Value is null, actual.Value is null);
        if (expected.Value is { } value) Assert.Equal(value, actual.Value!.Value, 0.125 * (expected.StandardError ?? 0) + 1e-5);
    }

    private PointResult OnDevice(PointKeys keys, ExperimentRequest request) =>
        MixtureRuns.Experiment.Measure(keys, request, new(SequentialLoop.Instance, session), CancellationToken.None);
}
