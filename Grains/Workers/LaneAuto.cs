using Sweeps.Compute.Devices;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Workers;

/// <summary>
/// The processor, and a device for the points that it measures faster than all threads of the processor together. Which those are follows from the
/// point's keys and the device's measured speed alone, never from how busy either is.
/// </summary>
/// <param name="processor">The lane's share of its threads.</param>
/// <param name="allThreads">The threads of all lanes.</param>
/// <param name="accelerator">The device.</param>
/// <param name="speed">How fast it is.</param>
public sealed class LaneAuto(LaneProcessor processor, int allThreads, LaneAccelerator accelerator, DeviceSpeed speed) : ILaneDevice
{
    private int losses;

    public string Name => $"{processor.Name} and {accelerator.Name}";

    public string Kind => "auto";

    public LaneMemory? Memory => accelerator.Memory;

    public int Threads => Math.Max(processor.Threads, accelerator.Threads);

    /// <summary>Its processor alone.</summary>
    public ILaneDevice Processor => processor;

    /// <summary>Its device alone.</summary>
    public ILaneDevice Accelerator => accelerator;

    public LaneResources ResourcesFor(SweepSpec spec, PointKeys keys, IParallelLoop loop)
    {
        // A device that was lost is left alone: the processor can go on without.
        if (Volatile.Read(ref losses) > 0 || !IsFaster(spec, keys)) return processor.ResourcesFor(spec, keys, loop);
        LaneResources inner = accelerator.ResourcesFor(spec, keys, loop);
        return new(inner.Device, inner.Resources, () => Math.Min(1, Interlocked.Increment(ref losses)), inner.Dispose);
    }

    public void Dispose()
    {
        accelerator.Dispose();
        processor.Dispose();
    }

    private bool IsFaster(SweepSpec spec, PointKeys keys) =>
        spec.Experiment.PredictedSeconds(keys, spec.Request, speed) is { } seconds
        && seconds < spec.Experiment.PredictedSeconds(keys, spec.Request) / allThreads;
}
