using System.Collections.Immutable;
using Sweeps.Compute.Experiments;

namespace Sweeps.Grains.Hosts;

/// <summary>How far a run is.</summary>
/// <param name="Points">Points of the sweep.</param>
/// <param name="PointsDone">Measured, in this run or before; the newest perhaps not yet on disk.</param>
/// <param name="PointsFailed">Failed, in this run or before.</param>
/// <param name="PointsPerSecond">Finished lately, per second; null before there is a rate.</param>
/// <param name="Remaining">Predicted from the chunks left, which cost about the same; null before there is a rate.</param>
/// <param name="Last">The last finished point; null before the first.</param>
/// <param name="Chunks">Chunks of the sweep.</param>
/// <param name="ChunksSettled">Chunks on disk.</param>
public sealed record SweepProgress(
    long Points,
    long PointsDone,
    long PointsFailed,
    double? PointsPerSecond,
    TimeSpan? Remaining,
    FinishedPoint? Last,
    int Chunks,
    int ChunksSettled);

/// <summary>A finished point, for display.</summary>
/// <param name="Point">Grid index.</param>
/// <param name="Keys">Its keys.</param>
/// <param name="Estimates">One per quantity; empty if the point failed.</param>
public sealed record FinishedPoint(long Point, PointKeys Keys, ImmutableArray<Estimate> Estimates);
