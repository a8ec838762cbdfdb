using Sweeps.Compute.Experiments;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Workers;

namespace Sweeps.Silo.Datasets;

/// <summary>A silo's progress is its server's to show: by chunks, for all silos together.</summary>
internal sealed class QuietWatch : ILaneWatch
{
    public static QuietWatch Instance { get; } = new();

    public void PointFinished(Chunk chunk, long point, PointKeys keys, PointResult? result, double share)
    {
    }

    public void ChunkSettled(Chunk chunk)
    {
    }

    public void ChunkDropped(Chunk chunk)
    {
    }
}
