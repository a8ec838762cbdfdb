namespace Sweeps.Grains.Workers;

/// <summary>Memory of a lane's device.</summary>
/// <param name="Used">Bytes that this process has allocated now; called on any thread.</param>
/// <param name="Limit">Bytes that it has.</param>
public sealed record LaneMemory(Func<long> Used, long Limit);
