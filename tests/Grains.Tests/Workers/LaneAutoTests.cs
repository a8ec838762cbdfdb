using Sweeps.Compute.Devices;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Tests.Hosts.Local;
using Sweeps.Grains.Tests.Specs;
using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Tests.Workers;

/// <summary>Processor and device in one lane. The device is a real one of OpenCL, though nothing is computed on it here.</summary>
public sealed class LaneAutoTests : IDisposable
{
    private const int AllThreads = 2;

    // Numbers for an experiment that predicts without them.
    private static readonly DeviceSpeed Speed = new(1e12, 1e9);

    private readonly LaneAuto lane = new(new LaneProcessor(2), AllThreads, new LaneAccelerator(OpenCl), Speed);
    private readonly SweepScratch scratch = new();

    private static DetectedDevice OpenCl =>
        DeviceCatalogue.Discover().Devices.First(device => device.Description.Kind == DeviceKind.OpenCl);

    public void Dispose()
    {
        lane.Dispose();
        scratch.Dispose();
    }

    [Fact]
    public async Task The_device_takes_the_points_that_it_is_predicted_to_measure_faster_than_all_threads_together()
    {
        // A second on one thread, so half a second on both: drift 0 … 5 is 0.1 … 0.6 seconds of the device, and 0.5 is no gain.
        var experiment = new FakeMixture { Cost = _ => 1, DeviceCost = keys => 0.1 * (1 + keys["drift"].AsReal()) };

        Assert.Equal(new SweepOutcome.Completed(), await scratch.RunOn([lane], SweepScratch.Spec(SweepScratch.Small, experiment)));

        Assert.All(scratch.DeviceOfPoints(), pair => Assert.Equal(pair.Key % 6 < 4 ? "opencl" : "cpu", pair.Value));
        Assert.Equal(18, scratch.DeviceOfPoints().Count);
        Assert.Equal(18, experiment.MeasureCalls);
    }

    [Fact]
    public async Task The_choice_is_each_points_own_also_where_many_are_taken_at_once()
    {
        // One chunk of 3000 points, handed out five at a time.
        const string text = "name: a\nexperiment: gaussian-mixture\naxes: { drift: { from: 0, to: 2999, count: 3000 } }\n";
        var experiment = new FakeMixture { Cost = _ => 1e-3, DeviceCost = keys => keys["drift"].AsReal() % 3 == 0 ? 1e-4 : 1e-3 };

        Assert.Equal(new SweepOutcome.Completed(), await scratch.RunOn([lane], SweepScratch.Spec(text, experiment)));

        Assert.All(scratch.DeviceOfPoints(), pair => Assert.Equal(pair.Key % 3 == 0 ? "opencl" : "cpu", pair.Value));
    }

    [Fact]
    public async Task An_experiment_without_a_form_for_devices_stays_on_the_processor()
    {
        Assert.Equal(new SweepOutcome.Completed(), await scratch.RunOn([lane], SweepScratch.Spec(SweepScratch.Small)));
        Assert.Equal(["cpu"], scratch.DeviceOfPoints().Values.Distinct());
        Assert.Equal(await SweepScratch.Undisturbed(SweepScratch.Small), scratch.Digest());
    }

    [Fact]
    public async Task After_a_loss_the_processor_goes_on_alone_and_the_sweep_ends_whole()
    {
        int onDevice = 0, late = 0;
        bool processorHasBegun = false;
        var experiment = new FakeMixture
        {
            Cost = _ => 1,
            DeviceCost = _ => 0.1,
            InTheMiddle = (_, resources) =>
            {
                if (resources.Device is null)
                {
                    Volatile.Write(ref processorHasBegun, true);
                    return;
                }
                if (Volatile.Read(ref processorHasBegun)) Interlocked.Increment(ref late);
                if (Interlocked.Increment(ref onDevice) == 7) throw new DeviceException(DeviceFailure.Lost, "lost: error -36");
            },
        };

        Assert.Equal(new SweepOutcome.Completed(), await scratch.RunOn([lane], SweepScratch.Spec(SweepScratch.Small, experiment)));

        Assert.Equal(Enumerable.Range(0, 18).Select(i => (long)i), scratch.PlainPoints().Order());
        // The chunk that was lost is the processor's now. Once that has begun, what other threads have in hand is all that the device still gives.
        var devices = scratch.DeviceOfPoints();
        Assert.Contains("cpu", devices.Values);
        Assert.InRange(late, 0, lane.Threads - 1);
        Assert.DoesNotContain(scratch.Events(), each => each.What == "retired");
        Assert.Equal(await RowsOnTheProcessor(), scratch.RowsButDevice());
    }

    [Fact]
    public async Task Threads_have_sessions_of_their_own_and_no_more_points_are_in_hand_than_allowed()
    {
        using var accelerator = new LaneAccelerator(OpenCl, pointsInHand: 2);
        var inHand = new HashSet<DeviceSession>();
        int most = 0;
        var experiment = new FakeMixture
        {
            Cost = _ => 1,
            InTheMiddle = (_, resources) =>
            {
                lock (inHand)
                {
                    Assert.True(inHand.Add(resources.Device!));
                    most = Math.Max(most, inHand.Count);
                }
                lock (inHand) inHand.Remove(resources.Device!);
            },
        };

        Assert.Equal(new SweepOutcome.Completed(), await scratch.RunOn([accelerator], SweepScratch.Spec(SweepScratch.Small, experiment)));

        Assert.InRange(most, 1, 2);
        Assert.Equal(["opencl"], scratch.DeviceOfPoints().Values.Distinct());
    }

    private static async Task<List<string>> RowsOnTheProcessor()
    {
        using var other = new SweepScratch();
        await other.Run(SweepScratch.Spec(SweepScratch.Small));
        return other.RowsButDevice();
    }
}
