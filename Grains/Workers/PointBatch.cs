namespace Sweeps.Grains.Workers;

/// <summary>Some points of a chunk that one thread takes at once.</summary>
/// <param name="Run">The chunk.</param>
/// <param name="First">Place of the first among the points that the chunk has to compute.</param>
/// <param name="Count">How many.</param>
internal readonly record struct PointBatch(ChunkRun Run, int First, int Count);
