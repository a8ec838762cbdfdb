using Sweeps.Compute.Devices;
using Sweeps.Compute.Experiments;
using Sweeps.Compute.Experiments.Mixture;
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

    [Fact]
    public void A_device_is_checked_before_it_is_trusted() => MixtureRuns.Experiment.CheckDevice(session);

    /// <summary>As of a driver that fuses or reorders what it must not, or miscompiles: another seed stands for its numbers.</summary>
    [Fact]
    public void A_device_that_gives_other_numbers_is_found_out()
    {
        PointKeys keys = MixtureRuns.Keys(("dimension", 5), ("training_points", 40), ("samples", 128), ("steps", 24), ("horizon", 2));
        PointResult one = MixtureRuns.Measure(keys, MixtureRuns.Request("collapse", [0.2, 0.6])),
            other = MixtureRuns.Measure(keys, MixtureRuns.Request("collapse", [0.2, 0.6], seed: 2));
        Assert.True(MixtureDeviceCheck.Agree(one, one));
        Assert.False(MixtureDeviceCheck.Agree(one, other));
        Assert.False(MixtureDeviceCheck.Agree(one, one with { Curves = one.Curves[1..] }));
        Estimate first = one.Estimates[0];
        Assert.False(MixtureDeviceCheck.Agree(one, one with { Estimates = one.Estimates.SetItem(0, first with { Value = null }) }));
        Assert.False(MixtureDeviceCheck.Agree(
            one, one with { Estimates = one.Estimates.SetItem(0, first with { Value = first.Value + 0.13 * first.StandardError }) }));
    }

    private static void AssertClose(Estimate expected, Estimate actual)
    {
        Assert.Equal(expected.Theory, actual.Theory);
        Assert.True(DeviceAgreement.Holds(expected.Value, expected.StandardError, actual.Value), $"{actual.Value} against {expected.Value}");
    }

    private PointResult OnDevice(PointKeys keys, ExperimentRequest request) =>
        MixtureRuns.Experiment.Measure(keys, request, new(SequentialLoop.Instance, session), CancellationToken.None);
}
