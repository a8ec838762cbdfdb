using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Datasets.Shared;

/// <summary>One generation of a sweep as a lane works on it. The dataset is locked for local runs until it is disposed of.</summary>
public sealed class SharedSweep : IDisposable
{
    private readonly DatasetLock dataset;

    internal SharedSweep(CheckedSweep sweep, PointSet kept, PartPublication publication, DatasetLock dataset)
    {
        (Spec, Grid, Plan, Folder) = (sweep.Spec, sweep.Grid, sweep.Plan, sweep.Folder);
        (Kept, Publication, this.dataset) = (kept, publication, dataset);
    }

    public SweepSpec Spec { get; }

    public PointGrid Grid { get; }

    public ChunkPlan Plan { get; }

    public DatasetFolder Folder { get; }

    /// <summary>Points that an extension kept: nobody computes them.</summary>
    public PointSet Kept { get; }

    /// <summary>Into the folders as they were when the sweep was opened.</summary>
    public PartPublication Publication { get; }

    /// <summary>Points of a chunk that are to be computed.</summary>
    public int PointsOf(int chunk)
    {
        var run = Plan.ChunkAt(chunk);
        return run.Count - Kept.CountBetween(run.FirstPoint, run.EndPoint);
    }

    public void Dispose()
    {
        Publication.Dispose();
        dataset.Dispose();
    }
}
