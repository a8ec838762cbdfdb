using Sweeps.Grains.Hosts;
using Sweeps.Grains.Workers;

namespace Sweeps.Silo.Loops;

/// <summary>Devices as a silo announces them.</summary>
internal static class LaneDescriptions
{
    public static LaneDescription Of(ILaneDevice device) => device switch
    {
        LaneAuto => new(device.Name, IsAccelerator: true, IsProcessor: true),
        LaneAccelerator => new(device.Name, IsAccelerator: true, IsProcessor: false),
        LaneProcessor => new(device.Threads == 1 ? "1 thread" : FormattableString.Invariant($"{device.Threads} threads"), false, true),
        _ => new(device.Name, IsAccelerator: false, IsProcessor: true),
    };
}
