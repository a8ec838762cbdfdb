using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels.EmpiricalScore;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalScore;

public class WorkingMemoryTests
{
    [Fact]
    public void Half_is_asked_for_each_time_that_it_runs_out()
    {
        var memory = new WorkingMemory(1 << 20);
        var tried = new List<long>();
        memory.Run(() =>
        {
            tried.Add(memory.Floats);
            if (tried.Count < 3) throw new DeviceException(DeviceFailure.OutOfMemory, "none left");
        });
        Assert.Equal([1 << 20, 1 << 19, 1 << 18], tried);
        memory.Run(() => tried.Add(memory.Floats));
        Assert.Equal(1 << 18, tried[^1]);
    }

    [Fact]
    public void Other_failures_and_an_end_without_end_are_not_swallowed()
    {
        var memory = new WorkingMemory(1 << 20);
        Assert.Throws<DeviceException>(() => memory.Run(() => throw new DeviceException(DeviceFailure.Lost, "gone")));
        Assert.Throws<DeviceException>(() => memory.Run(() => throw new DeviceException(DeviceFailure.OutOfMemory, "none left")));
        Assert.Throws<InvalidOperationException>(() => memory.Run(() => throw new InvalidOperationException()));
    }

    [Theory]
    [InlineData(1, 128)]
    [InlineData(128, 128)]
    [InlineData(129, 256)]
    [InlineData(10_000, 896)]
    public void Panels_are_whole_tiles_that_fit(int most, int points) => Assert.Equal(points, new WorkingMemory(100_000).Points(100, most));
}
