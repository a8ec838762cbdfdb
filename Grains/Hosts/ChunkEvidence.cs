namespace Sweeps.Grains.Hosts;

/// <summary>What happened to a chunk that failed or lost its worker; kept as long as the sweep.</summary>
/// <param name="Chunk">Number of the chunk.</param>
/// <param name="Worker">Who held it.</param>
/// <param name="At">Database clock.</param>
/// <param name="What"><c>failed</c>, <c>died</c>, <c>died alone</c>, <c>expired</c> or <c>quarantined</c>.</param>
/// <param name="Cause">In the words of the one who told.</param>
public sealed record ChunkEvidence(int Chunk, string Worker, DateTimeOffset At, string What, string Cause);
