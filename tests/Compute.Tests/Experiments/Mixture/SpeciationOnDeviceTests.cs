using Sweeps.Compute.Devices;
using Sweeps.Compute.Estimators;
using Sweeps.Compute.Experiments;
using Sweeps.Compute.Experiments.Mixture;
using Sweeps.Compute.Kernels.ReverseSampler;
using Sweeps.Compute.Tests.Devices;

namespace Sweeps.Compute.Tests.Experiments.Mixture;

[Collection("Device")]
public sealed class SpeciationOnDeviceTests(DeviceFixture fixture) : IDisposable
{
    private readonly SpeciationOnDevice speciation = new(fixture.Device);

    public void Dispose() => speciation.Dispose();

    /// <summary>One coordinate (U = I, or along an eigenvector), a pair, and many, where tiles just do and do not fill; every schedule; blocks
    /// that are not full, and more than one group's padding; modes so close that pairs score by the posterior.</summary>
    [Theory]
    [InlineData(64, 1, 0, "slowest", 1, "ou", 63, false)]
    [InlineData(64, 1, 0, "slowest", 1, "vp-linear", 64, false)]
    [InlineData(64, 1, 0, "slowest", 1, "cosine", 65, false)]
    [InlineData(64, 1, 0, "slowest", 1, "edm", 1000, false)]
    [InlineData(64, 1, 0, "slowest", 1, "entropy-aware", 513, false)]
    [InlineData(64, 4, 0, "fastest", 0.4, "ou", 1000, false)]
    [InlineData(1, 1, 0, "slowest", 1.5, "ou", 32, true)]
    [InlineData(64, 4, 0.8, "slowest", 1, "edm", 1000, false)]
    [InlineData(2, 4, 0.8, "uniform", 2, "cosine", 64, true)]
    [InlineData(3, 4, 1.2, "fastest", 2, "entropy-aware", 65, true)]
    [InlineData(31, 4, 0, "uniform", 1, "vp-linear", 63, false)]
    [InlineData(32, 1, 0, "slowest", 1, "ou", 64, true)]
    [InlineData(33, 4, 0.8, "random", 1, "edm", 65, false)]
    [InlineData(64, 4, 0, "uniform", 1, "cosine", 63, false)]
    [InlineData(97, 4, 1.2, "uniform", 0.8, "ou", 1000, false)]
    public void Tallies_have_the_bits_of_the_processors(
        int dimension, double stiffness, double drift, string direction, double separation, string schedule, int samples, bool all)
    {
        Assert.True(fixture.Device.Description.RoundsCorrectly, "bits agree only where operations round correctly");
        var (point, coefficients, tally) = Case(
            all, ("dimension", dimension), ("stiffness", stiffness), ("drift", drift), ("direction", direction), ("separation", separation),
            ("schedule", schedule), ("samples", samples), ("steps", 60));
        var expected = Fresh(tally);
        new SpeciationSimulation(point, coefficients).Run(expected, Threads.All, CancellationToken.None);
        speciation.Run(point, coefficients, tally, CancellationToken.None);
        AssertSame(expected, tally);
    }

    /// <summary>More steps than a trace holds, over several launches of trunk and branches.</summary>
    [Theory]
    [InlineData("slowest", 0, 700)]
    [InlineData("slowest", 0.8, 300)]
    public void Where_a_run_is_cut_into_launches_changes_nothing(string direction, double drift, int steps)
    {
        var (point, coefficients, tally) = Case(
            false, ("stiffness", 4), ("drift", drift), ("direction", direction), ("samples", 600), ("steps", steps));
        SpeciationTally whole = Fresh(tally), cut = Fresh(tally);
        new SpeciationSimulation(point, coefficients).Run(tally, Threads.All, CancellationToken.None);
        speciation.Run(point, coefficients, whole, CancellationToken.None);
        using (var brief = new SpeciationOnDevice(fixture.Device, largestLaunch: 37 * 1024 * coefficients.Coordinates))
            brief.Run(point, coefficients, cut, CancellationToken.None);
        AssertSame(tally, whole);
        AssertSame(tally, cut);
    }

    [Fact]
    public void A_device_short_of_memory_takes_smaller_waves_from_then_on_with_the_same_result()
    {
        var (point, coefficients, tally) = Case(false, ("samples", 5000), ("steps", 40));
        SpeciationTally expected = Fresh(tally), again = Fresh(tally);
        new SpeciationSimulation(point, coefficients).Run(expected, Threads.All, CancellationToken.None);
        // The description promises more than there is: room for a thousand samples, not for fifteen hundred.
        var device = new WatchedDevice(fixture.Device) { LargestBuffer = (long)(1100 * LargestBytes(coefficients, tally)) };
        using (var small = new SpeciationOnDevice(device))
        {
            small.Run(point, coefficients, tally, CancellationToken.None);
            AssertSame(expected, tally);
            Assert.Equal(1024, small.LargestWave);
            Assert.Equal(3, device.Refused); // 5000, 2560 and 1536 samples, in whole groups
            small.Run(point, coefficients, again, CancellationToken.None);
            AssertSame(expected, again);
            Assert.Equal(3, device.Refused);
        }
        Assert.Equal(0, device.HeldBytes);
    }

    /// <summary>Memory of one point stays for the next; where that needs the room, it goes, and the wave is none the smaller.</summary>
    [Fact]
    public void Memory_that_an_earlier_point_left_gives_way()
    {
        var (first, itsCoefficients, itsTally) = Case(false, ("samples", 1024), ("steps", 250));
        var (second, coefficients, tally) = Case(true, ("dimension", 20), ("samples", 1024), ("steps", 20));
        SpeciationTally expected = Fresh(tally);
        new SpeciationSimulation(second, coefficients).Run(expected, Threads.All, CancellationToken.None);
        var trial = new WatchedDevice(fixture.Device);
        using (var alone = new SpeciationOnDevice(trial)) alone.Run(second, coefficients, Fresh(tally), CancellationToken.None);
        var device = new WatchedDevice(fixture.Device) { TotalBytes = trial.MostHeldBytes };
        using var speciation = new SpeciationOnDevice(device);
        speciation.Run(first, itsCoefficients, itsTally, CancellationToken.None);
        int whole = speciation.LargestWave;
        speciation.Run(second, coefficients, tally, CancellationToken.None);
        AssertSame(expected, tally);
        Assert.Equal((1, whole), (device.Refused, speciation.LargestWave));
    }

    [Fact]
    public void A_device_that_holds_not_even_the_smallest_wave_fails()
    {
        var (point, coefficients, tally) = Case(false, ("samples", 5000), ("steps", 40));
        var device = new WatchedDevice(fixture.Device) { LargestBuffer = 4096 };
        using (var small = new SpeciationOnDevice(device))
        {
            DeviceException e = Assert.Throws<DeviceException>(() => small.Run(point, coefficients, tally, CancellationToken.None));
            Assert.Equal(DeviceFailure.OutOfMemory, e.Cause);
        }
        Assert.Equal(0, device.HeldBytes);
    }

    [Fact]
    public void Cancellation_is_heard_between_launches()
    {
        var (point, coefficients, tally) = Case(false, ("samples", 600), ("steps", 400));
        using var source = new CancellationTokenSource();
        var device = new WatchedDevice(fixture.Device) { Launched = count => { if (count == 10) source.Cancel(); } };
        using var brief = new SpeciationOnDevice(device, largestLaunch: 1024);
        Assert.ThrowsAny<OperationCanceledException>(() => brief.Run(point, coefficients, tally, source.Token));
        Assert.InRange(device.Launches, 10, 13);
    }

    /// <summary>Steps of 4.5, where 2 is the most that is stable; pairs scored by sign and by posterior.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(0.1)]
    public void A_run_that_leaves_the_finite_numbers_fails_as_on_the_processor(double separation)
    {
        var (point, coefficients, tally) = Case(false, ("separation", separation), ("samples", 64), ("steps", 200), ("horizon", 900));
        ArithmeticException expected = Assert.Throws<ArithmeticException>(
            () => new SpeciationSimulation(point, coefficients).Run(Fresh(tally), SequentialLoop.Instance, CancellationToken.None));
        ArithmeticException e = Assert.Throws<ArithmeticException>(
            () => speciation.Run(point, coefficients, tally, CancellationToken.None));
        Assert.Equal(expected.Message, e.Message);
    }

    private static (GaussianMixturePoint Point, ReverseCoefficients Coefficients, SpeciationTally Tally) Case(
        bool all, params (string Name, object Value)[] given)
    {
        PointKeys keys = MixtureRuns.Experiment.Normalise(MixtureRuns.Keys([("horizon", 6), .. given]));
        var point = new GaussianMixturePoint(keys, 3);
        double[] grid = point.Schedule.Grid(point.Steps);
        var times = new MeasurementTimes(point, grid, null);
        var coefficients = new ReverseCoefficients(all ? point.Mixture.AllBlocks : point.Mixture.ActiveBlocks, point.Mixture.Sigma, grid);
        return (point, coefficients, new(
            [.. times.Branches.Union(times.Curves).Order()], [.. times.Rates.Union(times.Curves).Order()], new(point.Samples)));
    }

    private static double LargestBytes(ReverseCoefficients coefficients, SpeciationTally tally) => Math.Max(
        ReverseRunsDevice.BytesPerSample(coefficients, tally.Branches.Length).Largest,
        SpeciationSumsDevice.BytesPerSample(tally.Observed.Length).Largest);

    private static SpeciationTally Fresh(SpeciationTally tally) => new(tally.Branches, tally.Observed, tally.Batches);

    private static void AssertSame(SpeciationTally expected, SpeciationTally actual)
    {
        double[] right = new double[Batches.Count], sums = new double[Batches.Count];
        for (int branch = 0; branch < expected.Branches.Length; branch++)
        {
            expected.Same(branch, right);
            actual.Same(branch, sums);
            Assert.Equal(right, sums);
            Assert.InRange(right.Sum(), 1, expected.Batches.Samples);
        }
        for (int observation = 0; observation < expected.Observed.Length; observation++)
        {
            expected.Sech2(observation, right);
            actual.Sech2(observation, sums);
            Assert.Equal(right, sums);
            expected.Entropy(observation, right);
            actual.Entropy(observation, sums);
            Assert.Equal(right, sums);
        }
        Assert.Equal(expected.CommitmentTimes.ToArray(), actual.CommitmentTimes.ToArray());
        Assert.Contains(actual.CommitmentTimes.ToArray(), float.IsFinite);
    }
}
