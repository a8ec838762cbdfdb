namespace Sweeps.Grains.Hosts;

/// <summary>What a sweep asks of a cluster beside its spec; its rows do not depend on it.</summary>
/// <param name="Priority">Lanes go to the highest first; among equals, to the one that has the fewest.</param>
/// <param name="MaximumLanes">Lanes that may work on it at once; null for any number.</param>
/// <param name="Device">Which lanes may.</param>
public sealed record SweepDemands(int Priority = 0, int? MaximumLanes = null, DeviceDemand Device = DeviceDemand.Either);
