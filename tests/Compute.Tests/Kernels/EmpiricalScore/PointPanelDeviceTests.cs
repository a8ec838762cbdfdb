using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Random;
using Sweeps.Compute.Tests.Devices;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalScore;

[Collection("Device")]
public class PointPanelDeviceTests(DeviceFixture fixture)
{
    private readonly IDevice device = fixture.Device;
    private readonly IDeviceQueue queue = fixture.Queue;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 40)]
    [InlineData(33, 17)]
    [InlineData(64, 9)]
    public void Points_that_a_device_makes_have_the_bits_of_the_processors(int dimension, int count)
    {
        var training = new TrainingPoints(new float[dimension], 0.7, RandomStream.Of(3, "", "training"), 5);
        int stride = PointPanelDevice.Stride(dimension);
        using var set = new TrainingSetDevice(device, queue, training, count);
        var rows = new float[set.Rows.Length];
        set.Rows.Read(queue, rows);
        var expected = new float[dimension];
        var seen = new HashSet<int>();
        foreach (PointPanel panel in set.Panels(128))
        {
            for (int place = panel.First; place < panel.First + panel.Filled; place++)
            {
                expected.AsSpan().Clear();
                if (place < panel.First + panel.Points)
                {
                    int index = set.IndexOf(place);
                    Assert.True(seen.Add(index));
                    Assert.Equal(panel.Side == 0 ? 1 : -1, training.Class(index));
                    training.Centred(index, expected);
                }
                Assert.Equal(expected, rows[(place * stride)..(place * stride + dimension)]);
            }
        }
        Assert.Equal(count, seen.Count);
    }

    [Theory]
    [InlineData(0, 9)]
    [InlineData(6_000_000_001, 300)]
    public void Classes_and_points_far_along_the_stream_are_the_processors_too(long first, int count)
    {
        var training = new TrainingPoints(new float[3], 1, RandomStream.Of(3, "", "training"), 1);
        var panels = new PointPanelDevice(device);
        using DeviceArray<float> classes = new(device, count), rows = new(device, 4L * count);
        using var offsets = new DeviceArray<int>(device, count);
        offsets.Write(queue, [.. Enumerable.Range(0, count)]);
        panels.Classes(queue, training, first, count, classes);
        panels.Make(queue, training, first, offsets, count, rows);
        float[] signs = new float[count], made = new float[4 * count], expected = new float[3];
        var minus = new bool[count];
        classes.Read(queue, signs);
        rows.Read(queue, made);
        training.AreMinus(first, minus);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(training.Class(first + i), signs[i]);
            Assert.Equal(training.Class(first + i) < 0, minus[i]);
            training.Centred(first + i, expected);
            Assert.Equal(expected, made[(4 * i)..(4 * i + 3)]);
        }
    }
}
