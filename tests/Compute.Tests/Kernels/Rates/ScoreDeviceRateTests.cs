using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.Rates;
using Sweeps.Compute.Tests.Devices;

namespace Sweeps.Compute.Tests.Kernels.Rates;

[Collection("Device")]
public class ScoreDeviceRateTests(DeviceFixture fixture)
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
                Assert.Equal(processor.Means[q, k], means[(q / SampleBlocks.Lanes * Dimension + k) * SampleBlocks.Lanes + q % SampleBlocks.Lanes], 1e-5);
        }
    }

    [Fact]
    public void The_rate_names_its_device_and_its_size()
    {
        var rate = new ScoreDeviceRate(fixture.Device, 256);
        Assert.Equal("score.device.d256.gflops", rate.Name);
        Assert.Equal($"score on {fixture.Device.Description.Word}, d = 256, n = 20 000, M = 8192", rate.Description);
    }
}
