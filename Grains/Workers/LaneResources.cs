using Sweeps.Compute.Experiments;

namespace Sweeps.Grains.Workers;

/// <summary>What points are measured with.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="Device">The word in the column <c>device</c>.</param>
/// <param name="Resources">Threads, and a device's session.</param>
/// <param name="Opening">Which opening of the device, counted from 0.</param>
public sealed record LaneResources(ILaneDevice Owner, string Device, ComputeResources Resources, int Opening = 0);
