using Sweeps.Compute.Devices;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Workers;

/// <summary>What a lane computes on: the processor, or a device with a driver.</summary>
public interface ILaneDevice : IDisposable
{
    /// <summary>For people: <c>cuda:0 (NVIDIA H100)</c>.</summary>
    string Name { get; }

    /// <summary>As in the column <c>device</c>; <c>auto</c> where it chooses for each point.</summary>
    string Kind => LaneProcessor.Device;

    /// <summary>Its memory; null for a processor.</summary>
    LaneMemory? Memory => null;

    /// <summary>Threads of this machine that take points; each has its own in hand, so that a device is fed ahead.</summary>
    int Threads { get; }

    /// <summary>What the calling thread measures a point with.</summary>
    /// <param name="spec">The sweep.</param>
    /// <param name="keys">Keys of the point.</param>
    /// <param name="loop">The lane's threads.</param>
    /// <exception cref="DeviceException">The device cannot be had.</exception>
    LaneResources ResourcesFor(SweepSpec spec, PointKeys keys, IParallelLoop loop);
}
