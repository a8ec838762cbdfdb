using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Kernels.PlantedWeights;
using Sweeps.Compute.Tests.Devices;
using Sweeps.Compute.Tests.Models;

namespace Sweeps.Compute.Tests.Kernels.PlantedWeights;

[Collection("Device")]
public class PlantedWeightsDeviceTests(DeviceFixture fixture)
{
    public static TheoryData<string> Laws => ["isotropic", "stiff", "drift"];

    private PlantedCase.Form Device => (mixture, blocks, training, n, queries, times) =>
        PlantedWeightsDevice.Run(fixture.Device, mixture, blocks, training, n, queries, times);

    [Theory]
    [MemberData(nameof(Laws))]
    public void Every_dimension_and_training_size_follows_the_reference(string law)
    {
        foreach (int d in new[] { 1, 2, 3, 5, 64, 131 })
            foreach (long n in new long[] { 1, 2, 8, 9, 127, 500 }) PlantedCase.AssertParity(Device, MixtureCases.Of(law, d, 1), n, 5);
    }

    [Theory]
    [MemberData(nameof(Laws))]
    public void Every_number_of_queries_follows_the_reference(string law)
    {
        foreach (int queries in new[] { 0, 1, 4, 33, 130 }) PlantedCase.AssertParity(Device, MixtureCases.Of(law, 5, 1), 130, queries);
    }

    /// <summary>Panels of 128 points and batches of few queries.</summary>
    [Theory]
    [MemberData(nameof(Laws))]
    public void Panels_and_batches_change_nothing(string law) =>
        PlantedCase.AssertParity(WithMemory(4000), MixtureCases.Of(law, 6, 1), 1000, 70);

    [Theory]
    [MemberData(nameof(Laws))]
    public void Scarce_memory_makes_smaller_panels(string law)
    {
        var scarce = new ScarceDevice(fixture.Device, 3_000_000);
        PlantedCase.AssertParity(
            (mixture, blocks, training, n, queries, times) =>
                PlantedWeightsDevice.Run(scarce, new(1L << 22), mixture, blocks, training, n, queries, times),
            MixtureCases.Of(law, 6, 1), 3000, 70);
        Assert.True(scarce.Refused > 0);
        Assert.Equal(0, scarce.Held);
    }

    [Theory]
    [MemberData(nameof(Laws))]
    public void With_a_single_training_point_all_weight_is_its(string law)
    {
        foreach (int d in new[] { 1, 2, 5, 64 })
        {
            WeightStatistics statistics = PlantedCase.Run(Device, MixtureCases.Of(law, d, 1), 1, 7);
            Assert.All(statistics.LogSum, sum => Assert.Equal(0, sum));
            Assert.All(statistics.Participation, sum => Assert.Equal(7, sum));
            Assert.All(statistics.PlantedWeight, sum => Assert.Equal(7, sum));
            Assert.All(statistics.LargestWeight, sum => Assert.Equal(7, sum));
        }
    }

    /// <summary>
    /// The planted point's own exponent is 0 exactly, in whatever panel it lies: also at times so small that a last bit would show.
    /// </summary>
    [Theory]
    [MemberData(nameof(Laws))]
    public void The_log_sum_is_never_negative(string law)
    {
        double[] tiny = [1e-6, 1e-4, 1e-2, .. PlantedCase.Times];
        for (uint replica = 0; replica < 8; replica++)
        {
            WeightStatistics statistics = PlantedCase.Run(WithMemory(4000), MixtureCases.Of(law, 64, 1), 300, 1, tiny, replica);
            Assert.All(statistics.LogSum, sum => Assert.True(sum >= 0, $"{sum}"));
            Assert.All(statistics.Participation, value => Assert.InRange(value, 1.0 / 300 - 1e-6, 1 + 1e-6));
            Assert.All(statistics.LargestWeight, value => Assert.InRange(value, 1.0 / 300 - 1e-6, 1));
        }
    }

    [Theory]
    [MemberData(nameof(Laws))]
    public void Far_modes_cost_no_digits(string law) => PlantedCase.AssertParity(Device, MixtureCases.Of(law, 16, 300), 200, 20);

    [Fact]
    public void A_cancelled_run_ends() => Assert.Throws<OperationCanceledException>(() => PlantedCase.Run(
        (mixture, blocks, training, n, queries, times) =>
            PlantedWeightsDevice.Run(fixture.Device, mixture, blocks, training, n, queries, times, new(true)),
        MixtureCases.Of("isotropic", 3, 1), 20, 2));

    private PlantedCase.Form WithMemory(long floats) => (mixture, blocks, training, n, queries, times) =>
        PlantedWeightsDevice.Run(fixture.Device, new WorkingMemory(floats), mixture, blocks, training, n, queries, times);
}
