using Sweeps.Compute.Kernels;
using Sweeps.Compute.Kernels.Rates;
using Sweeps.Compute.Kernels.ReverseSampler;
using Sweeps.Compute.Random;
using Sweeps.Compute.Tests.Devices;

namespace Sweeps.Compute.Tests.Kernels.Rates;

[Collection("Device")]
public unsafe class SamplerDeviceRateTests(DeviceFixture fixture)
{
    /// <summary>More steps than one launch of the trunk makes; every coordinate of every sample, padding included, ends where the processor
    /// takes it.</summary>
    [Fact]
    public void The_sampler_takes_every_coordinate_of_every_sample_through_the_declared_steps()
    {
        const int Dimension = 6, Steps = 300, Replica = 2;
        using var work = new SamplerDeviceRate.Work(fixture.Device, Dimension, Steps, 500, Replica);
        Assert.Equal((long)Dimension * 512 * Steps, work.UnitsOfWork);
        work.Run();
        work.Run();
        var state = new float[work.Runs.State.Length];
        work.Runs.State.Read(work.Queue, state);

        RandomStream stream = RandomStream.Of(1, "bench\n", "trunk");
        ReverseCoefficients coefficients = work.Runs.Coefficients.Host;
        int size = Dimension * ReverseSamplerSimd.Lanes;
        using var x = new AlignedBuffer(size);
        for (uint block = 0; block < state.Length / size; block++)
        {
            RandomStream own = stream.At(Replica + block);
            ReverseSamplerSimd.Draw(coefficients, 1, stream.At(Replica + block, 2), stream.At(Replica + block, 1), x.Pointer);
            ReverseSamplerSimd.Advance(coefficients, x.Pointer, Steps, Steps, 0, own, null);
            Assert.Equal(x.Span.ToArray(), state.AsSpan((int)block * size, size).ToArray());
        }
    }

    [Fact]
    public void A_device_is_filled()
    {
        using IKernelWork work = new SamplerDeviceRate(fixture.Device).Prepare(0, 1);
        Assert.Equal(256L * 100 * 512 * fixture.Device.Description.ComputeUnits, work.UnitsOfWork);
    }
}
