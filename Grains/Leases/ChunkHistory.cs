namespace Sweeps.Grains.Leases;

/// <summary>What went wrong with a chunk so far.</summary>
/// <param name="Failures">Times that it failed as a whole.</param>
/// <param name="Deaths">
/// Times that its worker died beside other work, or was lost, whatever it held: machines are switched off, suspended and cut off, and most
/// often it is no fault of the chunk.
/// </param>
/// <param name="DeathsAlone">Times that a process of its own died, as the worker itself has told: the chunk's own fault.</param>
public readonly record struct ChunkHistory(int Failures, int Deaths, int DeathsAlone);
