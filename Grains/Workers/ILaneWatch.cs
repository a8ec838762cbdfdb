using Sweeps.Compute.Experiments;
using Sweeps.Grains.Planning;

namespace Sweeps.Grains.Workers;

/// <summary>Hears how far a lane is; called on its threads, several at once, so it must be quick and never throw.</summary>
public interface ILaneWatch
{
    /// <param name="chunk">The point's chunk.</param>
    /// <param name="point">Grid index.</param>
    /// <param name="keys">The point's keys.</param>
    /// <param name="result">What was measured; null if the point failed.</param>
    /// <param name="share">The point's share of what its chunk has to compute.</param>
    void PointFinished(Chunk chunk, long point, PointKeys keys, PointResult? result, double share);

    void ChunkSettled(Chunk chunk);

    /// <summary>A chunk is given back before it was settled: its points that were finished will be measured again.</summary>
    void ChunkDropped(Chunk chunk);
}
