using Sweeps.Compute.Devices;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Tests.Workers;

public class ChosenDevicesTests
{
    [Theory]
    [InlineData(1, "1 thread")]
    [InlineData(3, "3 threads")]
    public void The_processor_is_one_lane_with_the_threads_that_were_asked_for(int threads, string words)
    {
        Assert.True(ChosenDevices.TryChoose(DeviceChoice.Processor, threads, ExperimentCatalogue.All, TimeProvider.System, out var chosen, out _));
        using (chosen)
        {
            Assert.Equal(threads, Assert.IsType<LaneProcessor>(Assert.Single(chosen.Lanes)).Threads);
            Assert.Equal((words, threads), (chosen.Words, chosen.ProcessorThreads));
        }
    }

    [Fact]
    public void A_device_that_is_not_here_is_one_clause_that_names_what_is()
    {
        Assert.True(DeviceChoice.TryParse("opencl:99", out var choice, out _));
        Assert.False(ChosenDevices.TryChoose(choice, null, ExperimentCatalogue.All, TimeProvider.System, out var chosen, out string? objection));
        Assert.Null(chosen);
        Assert.StartsWith("there is no device opencl:99 here", objection);
        Assert.Contains("there are cpu", objection);
    }
}
