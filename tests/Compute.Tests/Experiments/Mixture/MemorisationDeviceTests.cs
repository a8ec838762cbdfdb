using Sweeps.Compute.Experiments;
using Sweeps.Compute.Experiments.Mixture;
using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Tests.Devices;

namespace Sweeps.Compute.Tests.Experiments.Mixture;

[Collection("Device")]
public class MemorisationDeviceTests(DeviceFixture fixture)
{
    /// <summary>
    /// The same streams, so the same trajectories up to rounding: both devices' numbers agree much better than their errors, which are
    /// those of 128 samples.
    /// </summary>
    [Fact]
    public void A_whole_measurement_is_the_processors_within_a_fraction_of_its_error()
    {
        PointKeys keys = MixtureRuns.Keys(
            ("dimension", 5), ("training_points", 40), ("samples", 128), ("steps", 24), ("horizon", 2), ("stiffness", 4), ("drift", 0.7));
        Estimate[] processor = Run(
            keys, (mixture, blocks, training, n, grid) => new EmpiricalSamplerSimd(mixture, blocks, training, n, grid));
        Estimate[] device = Run(
            keys, (mixture, blocks, training, n, grid) => new EmpiricalSamplerDevice(fixture.Device, mixture, blocks, training, n, grid));
        Assert.Equal(processor.Length, device.Length);
        foreach (var (expected, actual) in processor.Zip(device))
        {
            Assert.NotNull(expected.Value);
            Assert.Equal(expected.Theory, actual.Theory);
            Assert.Equal(expected.Value.Value, actual.Value!.Value, 0.2 * expected.StandardError!.Value);
        }
    }

    private static Estimate[] Run(PointKeys keys, EmpiricalSamplerFactory sampler)
    {
        var point = new GaussianMixturePoint(MixtureRuns.Experiment.Normalise(keys), 1);
        var measurement = MemorisationMeasurement.Simulate(
            point, point.Schedule.Grid(point.Steps), [], sampler, SequentialLoop.Instance, CancellationToken.None);
        return [.. measurement.Estimates()];
    }
}
