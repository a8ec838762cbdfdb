using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Tests.Devices;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalScore;

[Collection("Device")]
public class EmpiricalScoreDeviceTests(DeviceFixture fixture)
{
    private readonly IDevice device = fixture.Device;
    private readonly IDeviceQueue queue = fixture.Queue;

    public static TheoryData<string> Laws => ["isotropic", "stiff", "drift"];

    [Theory]
    [MemberData(nameof(Laws))]
    public void Every_dimension_and_training_size_follows_the_reference(string law)
    {
        foreach (int d in new[] { 1, 2, 3, 8, 13, 64, 131 })
            foreach (int n in new[] { 1, 2, 7, 8, 97, 300 }) AssertParity(new ScoreCase(law, d, 1, n), 5);
    }

    [Fact]
    public void Every_number_of_queries_follows_the_reference()
    {
        foreach (int queries in new[] { 1, 32, 33, 129 }) AssertParity(new ScoreCase("drift", 5, 1, 130), queries);
    }

    [Theory]
    [MemberData(nameof(Laws))]
    public void Far_modes_cost_no_digits(string law) => AssertParity(new ScoreCase(law, 16, 300, 200), 20);

    /// <summary>Panels of 128 points and batches of 32 queries, so that references move from panel to panel.</summary>
    [Theory]
    [MemberData(nameof(Laws))]
    public void Panels_and_batches_change_nothing(string law) => AssertParity(new ScoreCase(law, 9, 1, 1500), 70, new(10_000));

    [Fact]
    public void Scarce_memory_makes_smaller_panels()
    {
        var scarce = new ScarceDevice(device, 600_000);
        using (IDeviceQueue own = scarce.CreateQueue())
            AssertParity(scarce, own, new ScoreCase("drift", 9, 1, 700), 260, new(1L << 20));
        Assert.True(scarce.Refused > 0);
        Assert.Equal(0, scarce.Held);
    }

    [Fact]
    public void Where_nothing_fits_the_device_says_so_and_keeps_nothing()
    {
        var one = new ScoreCase("drift", 9, 1, 700);
        var scarce = new ScarceDevice(device, 100_000);
        using (IDeviceQueue own = scarce.CreateQueue())
        {
            using var data = new TrainingSetDevice(scarce, own, one.Training, 700);
            using SampleBlocks x = new(260, 9), mean = new(260, 9);
            using var score = new EmpiricalScoreDevice(scarce, own, data, new(1L << 20));
            DeviceException e = Assert.Throws<DeviceException>(() => score.Evaluate(one.Frame(1), x, mean, null, default));
            Assert.Equal(DeviceFailure.OutOfMemory, e.Cause);
        }
        Assert.Equal(0, scarce.Held);
    }

    [Fact]
    public void Raw_points_are_a_training_set_of_one_class()
    {
        float[] points = [0, 0, 3, 0, 0, 4];
        using var data = new TrainingSetDevice(device, queue, points, 2);
        using var score = new EmpiricalScoreDevice(device, queue, data, new(device.Description));
        using SampleBlocks x = new(1, 2) { [0, 0] = 3, [0, 1] = 0.1f }, mean = new(1, 2);
        var statistics = new ScoreStatistics(1);
        score.Evaluate(new(MixtureBlocks.Isotropic(2), 1, new float[2], 0.01), x, mean, statistics, default);
        Assert.Equal(1, statistics.LargestIndices[0]);
        Assert.Equal(1, statistics.LargestWeights[0], 1e-6);
        Assert.Equal(3, mean[0, 0], 1e-6);
        Assert.Equal(0, mean[0, 1], 1e-6);
        Assert.Throws<ArgumentException>(() => new TrainingSetDevice(device, queue, points, 4));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e30f)]
    public void A_query_that_leaves_the_finite_numbers_stops_the_statistics(float value)
    {
        var one = new ScoreCase("isotropic", 3, 1, 20);
        using var data = new TrainingSetDevice(device, queue, one.Training, 20);
        using var score = new EmpiricalScoreDevice(device, queue, data, new(device.Description));
        using SampleBlocks x = new(2, 3) { [1, 2] = value }, mean = new(2, 3);
        Assert.Throws<ArithmeticException>(() => score.Evaluate(one.Frame(1), x, mean, new(2), default));
    }

    [Fact]
    public void A_cancelled_evaluation_ends()
    {
        var one = new ScoreCase("isotropic", 3, 1, 20);
        using var data = new TrainingSetDevice(device, queue, one.Training, 20);
        using var score = new EmpiricalScoreDevice(device, queue, data, new(device.Description));
        using SampleBlocks x = new(2, 3), mean = new(2, 3);
        Assert.Throws<OperationCanceledException>(() => score.Evaluate(one.Frame(1), x, mean, null, new(true)));
    }

    /// <summary>With the very tolerances of the ordinary units.</summary>
    [Theory]
    [MemberData(nameof(Laws))]
    public void Tensor_units_follow_the_reference_too(string law)
    {
        foreach (var (d, n) in new[] { (1, 1), (3, 97), (64, 300), (131, 140) })
            AssertParity(device, queue, new ScoreCase(law, d, 1, n), 5, new(device.Description), ProductUnits.Tensor);
        AssertParity(device, queue, new ScoreCase(law, 16, 300, 200), 20, new(device.Description), ProductUnits.Tensor);
    }

    private void AssertParity(ScoreCase one, int queries, WorkingMemory? memory = null) =>
        AssertParity(device, queue, one, queries, memory ?? new(device.Description));

    private static void AssertParity(
        IDevice device, IDeviceQueue queue, ScoreCase one, int queries, WorkingMemory memory, ProductUnits units = ProductUnits.Ordinary)
    {
        using var data = new TrainingSetDevice(device, queue, one.Training, one.Points.Length);
        using var score = new EmpiricalScoreDevice(device, queue, data, memory, units);
        using var mean = new SampleBlocks(queries, one.Dimension);
        foreach (double t in ScoreCase.Times)
        {
            using SampleBlocks x = one.Queries(queries, t);
            var statistics = new ScoreStatistics(queries);
            score.Evaluate(one.Frame(t), x, mean, statistics, default);
            one.AssertParity(
                t, x, mean,
                q => (statistics.LogSums[q], statistics.Participations[q], statistics.LargestWeights[q], statistics.LargestIndices[q]));
        }
    }
}
