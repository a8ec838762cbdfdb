using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Sweeps.Compute.Devices;
using Sweeps.Compute.Experiments;

namespace Sweeps.Grains.Workers;

/// <summary>What <c>--device</c> and <c>--threads</c> come to on this machine: a lane for each device, or one for the processor.</summary>
public sealed class ChosenDevices : IDisposable
{
    private ChosenDevices(ImmutableArray<ILaneDevice> lanes, string words, int? processorThreads) =>
        (Lanes, Words, ProcessorThreads) = (lanes, words, processorThreads);

    public ImmutableArray<ILaneDevice> Lanes { get; }

    /// <summary>For people: <c>2 threads</c>, <c>cuda:0 (NVIDIA H100)</c>.</summary>
    public string Words { get; }

    /// <summary>Threads that compute; null where a device does.</summary>
    public int? ProcessorThreads { get; }

    /// <param name="choice">The option.</param>
    /// <param name="threads">The option; null for all of the processor's, or what keeps a device busy.</param>
    /// <param name="catalogue">The experiments, by which a device is checked before it is trusted.</param>
    /// <param name="clock">Measures how fast a device is, for <c>auto</c>.</param>
    /// <param name="chosen">The lanes; whoever asked disposes of them.</param>
    /// <param name="objection">One clause, where a device that was asked for by name is not here or gives wrong numbers.</param>
    public static bool TryChoose(
        DeviceChoice choice,
        int? threads,
        IReadOnlyCollection<IExperiment> catalogue,
        TimeProvider clock,
        [NotNullWhen(true)] out ChosenDevices? chosen,
        [NotNullWhen(false)] out string? objection)
    {
        (chosen, objection) = (null, null);
        try
        {
            chosen = Of(choice, threads, catalogue, clock);
            return true;
        }
        catch (DeviceException missing)
        {
            objection = missing.Message;
            return false;
        }
    }

    public void Dispose()
    {
        foreach (ILaneDevice lane in Lanes) lane.Dispose();
    }

    private static ChosenDevices Of(DeviceChoice choice, int? threads, IReadOnlyCollection<IExperiment> catalogue, TimeProvider clock)
    {
        if (choice == DeviceChoice.Processor) return Processor(threads, "");
        ImmutableArray<DetectedDevice> devices = DeviceCatalogue.Discover().Find(choice);
        if (devices.IsEmpty) return Processor(threads, ", no GPU here");
        if (choice == DeviceChoice.Auto) return Auto(devices, threads, catalogue, clock);
        foreach (DetectedDevice device in devices) Check(device, catalogue).Dispose();
        return new(
            [.. devices.Select(device => threads is { } count ? new LaneAccelerator(device, count) : new LaneAccelerator(device))],
            string.Join(", ", devices.Select(device => device.Description.ToString())), null);
    }

    /// <summary>A lane for each device, with its share of the processor's threads.</summary>
    private static ChosenDevices Auto(
        ImmutableArray<DetectedDevice> devices, int? threads, IReadOnlyCollection<IExperiment> catalogue, TimeProvider clock)
    {
        var lanes = ImmutableArray.CreateBuilder<ILaneDevice>();
        int all = threads ?? Environment.ProcessorCount, share = Math.Max(1, all / devices.Length);
        try
        {
            foreach (DetectedDevice device in devices)
            {
                DeviceSpeed speed;
                using (ComputeDevice open = Check(device, catalogue)) speed = DeviceSpeed.Of(open, clock);
                lanes.Add(new LaneAuto(new LaneProcessor(share), all, new LaneAccelerator(device), speed));
            }
        }
        catch (DeviceException broken)
        {
            return Processor(threads, $", for {broken.Message}");
        }
        return new(lanes.ToImmutable(), $"{string.Join(", ", devices.Select(device => device.Description.ToString()))} and {all} threads, "
            + "whichever is faster for a point", null);
    }

    /// <summary>Opens a device, and has every experiment check it.</summary>
    /// <exception cref="DeviceException">It cannot be had, or gives other numbers than the processor.</exception>
    private static ComputeDevice Check(DetectedDevice device, IReadOnlyCollection<IExperiment> catalogue)
    {
        ComputeDevice open = ComputeDevice.Open(device);
        try
        {
            using DeviceSession session = open.CreateSession();
            foreach (IExperiment experiment in catalogue) experiment.CheckDevice(session);
            return open;
        }
        catch
        {
            open.Dispose();
            throw;
        }
    }

    private static ChosenDevices Processor(int? threads, string note)
    {
        int count = threads ?? Environment.ProcessorCount;
        return new([new LaneProcessor(count)], (count == 1 ? "1 thread" : $"{count} threads") + note, count);
    }
}
