namespace Sweeps.Grains.Leases;

/// <summary>What went wrong with a chunk so far.</summary>
/// <param name="Failures">Times that it failed as a whole.</param>
/// <param name="Deaths">Times that its worker died, or was not heard of, beside other work.</param>
/// <param name="DeathsAlone">Times that a process died with nothing else in hand: the chunk's own fault.</param>
public readonly record struct ChunkHistory(int Failures, int Deaths, int DeathsAlone);
