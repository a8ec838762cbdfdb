using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Kernels.Rates;
using Sweeps.Compute.Tests.Devices;

namespace Sweeps.Compute.Tests.Kernels.Rates;

[Collection("Device")]
public class DeviceRatesTests(DeviceFixture fixture)
{
    /// <summary>Queries and points are those of the processor's rate, so the results must be too.</summary>
    [Fact]
    public void The_device_does_the_work_of_the_processors_rate()
    {
        const int Dimension = 5, Points = 130, Queries = 64;
        using var work = new ScoreDeviceRate.Work(fixture.Device, Dimension, Points, Queries, 1);
        using var processor = new ScoreRate.Work(Dimension, Points, Queries, 1);
        Assert.Equal(processor.UnitsOfWork, work.UnitsOfWork);
        work.Run();
        processor.Run();
        var means = new float[work.Means.Length];
        work.Means.Read(work.Queue, means);
        for (int q = 0; q < Queries; q++)
        {
            Assert.Equal(processor.LogSums[q], work.Statistics.LogSums[q], 1e-4);
            Assert.Equal(processor.Participations[q], work.Statistics.Participations[q], 1e-6);
            Assert.Equal(processor.LargestWeights[q], work.Statistics.LargestWeights[q], 1e-6);
            Assert.Equal(processor.LargestIndices[q], work.Statistics.LargestIndices[q]);
            for (int k = 0; k < Dimension; k++)
            {
                int place = (q / SampleBlocks.Lanes * Dimension + k) * SampleBlocks.Lanes + q % SampleBlocks.Lanes;
                Assert.Equal(processor.Means[q, k], means[place], 1e-5);
            }
        }
    }

    [Fact]
    public void The_peak_counts_what_it_declares()
    {
        using var work = new FmaPeakDevice.Work(fixture.Device, 64);
        work.Run();
        Assert.Equal(work.UnitsOfWork, 2 * work.Counted);
    }

    [Fact]
    public void A_device_has_its_own_peak_and_scores()
    {
        var rates = KernelRates.OfDevice(fixture.Device);
        Assert.Equal("fma_peak_gflops", rates.Peak.Name);
        string[] names = [.. rates.Kernels.Select(rate => rate.Name)];
        Assert.Equal(["normals_per_s", "sampler_coordinate_steps_per_s", "score.d256.gflops", "score.d1024.gflops"], names[..4]);
        Assert.Equal(fixture.Device.Description.Kind == DeviceKind.Cuda ? 6 : 4, names.Length);
        using IKernelWork normals = rates.Kernels[0].Prepare(0, 1);
        normals.Run();
        Assert.Equal(fixture.Device.Description.IsProcessor ? 1 << 20 : 1 << 26, normals.UnitsOfWork);
        using IKernelWork score = rates.Kernels[2].Prepare(0, 1);
        score.Run();
        Assert.Equal(fixture.Device.Description.IsProcessor ? 4L * 128 * 2000 * 256 : 4L * 8192 * 20_000 * 256, score.UnitsOfWork);
    }

    [Fact]
    public void The_rate_names_its_units_and_its_size()
    {
        var rate = new ScoreDeviceRate(fixture.Device, 256);
        Assert.Equal("score.d256.gflops", rate.Name);
        Assert.Equal("score.tensor.d256.gflops", new ScoreDeviceRate(fixture.Device, 256, ProductUnits.Tensor).Name);
        string size = fixture.Device.Description.IsProcessor ? "n = 2000, M = 128" : "n = 20000, M = 8192";
        Assert.Equal($"score, d = 256, {size}", rate.Description);
    }
}
