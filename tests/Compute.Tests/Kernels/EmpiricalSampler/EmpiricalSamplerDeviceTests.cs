using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Tests.Devices;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalSampler;

[Collection("Device")]
public class EmpiricalSamplerDeviceTests(DeviceFixture fixture)
{
    private SamplerParity.Form Device => Of(fixture.Device);

    [Theory]
    [MemberData(nameof(SamplerParity.Cases), MemberType = typeof(SamplerParity))]
    public void Every_step_follows_the_reference(string law, int dimension, int trainingPoints, int samples) =>
        SamplerParity.AssertSteps(Device, law, dimension, trainingPoints, samples);

    [Fact]
    public void Several_steps_at_once_are_the_same_bits_as_one_by_one() => SamplerParity.AssertPieces(Device);

    /// <summary>From the start to the end: samples that collapse to a point by the last step end where the processor's do.</summary>
    [Fact]
    public void Whole_runs_end_at_the_processors_points()
    {
        const int Samples = 70;
        using IEmpiricalSampler here = SamplerParity.Sampler(Device, "drift", 6, 100);
        using IEmpiricalSampler there = SamplerParity.Sampler(
            (mixture, blocks, training, n, grid) => new EmpiricalSamplerSimd(mixture, blocks, training, n, grid), "drift", 6, 100);
        using SampleBlocks x = new(Samples, 6), y = new(Samples, 6);
        int[] a = new int[Samples], b = new int[Samples];
        var ratios = new double[Samples];
        here.Draw(x, SamplerParity.Stream.At(0, 1), SamplerParity.Stream.At(0, 2));
        y.CopyFrom(x);
        int last = SamplerParity.Grid.Length - 1;
        here.Advance(x, last, last, 0, SamplerParity.Stream, default);
        there.Advance(y, last, last, 0, SamplerParity.Stream, default);
        here.Nearest(x, a, ratios);
        there.Nearest(y, b, ratios);
        // Rounding decides between two points only where their weights are equal to six digits: one in 10⁵ samples.
        Assert.Equal(b, a);
    }

    [Fact]
    public void A_sample_that_is_not_finite_has_no_nearest_point()
    {
        using IEmpiricalSampler sampler = SamplerParity.Sampler(Device, "stiff", 3, 50);
        using var x = new SampleBlocks(2, 3) { [1, 1] = float.NaN };
        Assert.Throws<ArithmeticException>(() => sampler.Nearest(x, new int[2], new double[2]));
    }

    [Fact]
    public void A_cancelled_run_ends_and_leaves_the_samples()
    {
        using IEmpiricalSampler sampler = SamplerParity.Sampler(Device, "stiff", 3, 50);
        using var x = new SampleBlocks(2, 3) { [1, 1] = 0.5f };
        Assert.Throws<OperationCanceledException>(() => sampler.Advance(x, 9, 9, 0, SamplerParity.Stream, new(true)));
        Assert.Equal(0.5f, x[1, 1]);
    }

    [Fact]
    public void What_was_allocated_is_freed()
    {
        var device = new ScarceDevice(fixture.Device, long.MaxValue);
        using (IEmpiricalSampler sampler = SamplerParity.Sampler(Of(device), "stiff", 3, 50))
        {
            using var x = new SampleBlocks(2, 3);
            sampler.Advance(x, 9, 9, 7, SamplerParity.Stream, default);
            sampler.Nearest(x, new int[2], new double[2]);
        }
        Assert.Equal(0, device.Held);
    }

    [Fact]
    public void A_training_set_that_does_not_fit_says_so()
    {
        var device = new ScarceDevice(fixture.Device, 100);
        DeviceException e = Assert.Throws<DeviceException>(() => SamplerParity.Sampler(Of(device), "stiff", 3, 50));
        Assert.Equal(DeviceFailure.OutOfMemory, e.Cause);
        Assert.Equal(0, device.Held);
    }

    private static SamplerParity.Form Of(IDevice device) =>
        (mixture, blocks, training, n, grid) => new EmpiricalSamplerDevice(device, mixture, blocks, training, n, grid);
}
