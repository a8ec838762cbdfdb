using Sweeps.Compute.Experiments;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Workers;

namespace Sweeps.Grains.Tests.Workers;

/// <summary>Writes down what a lane tells.</summary>
internal sealed class LoggingWatch(LaneLog log) : ILaneWatch
{
    public void PointFinished(Chunk chunk, long point, PointKeys keys, PointResult? result, double share) => log.Add($"point {point}");

    public void ChunkSettled(Chunk chunk) => log.Add($"settled {chunk.Number}");

    public void ChunkDropped(Chunk chunk) => log.Add($"dropped {chunk.Number}");
}
