using Sweeps.Grains.Datasets;

namespace Sweeps.Grains.Workers;

/// <summary>What the thread that stages parts hears.</summary>
internal abstract record LaneNews
{
    private LaneNews()
    {
    }

    public sealed record Measured(PointBatch Batch, PointRows Rows) : LaneNews;

    /// <summary>A device was lost, and the batch with it.</summary>
    public sealed record Lost(PointBatch Batch, string Cause) : LaneNews;

    /// <summary>The chunk's lease is lost.</summary>
    public sealed record Dropped(ChunkRun Run) : LaneNews;
}
