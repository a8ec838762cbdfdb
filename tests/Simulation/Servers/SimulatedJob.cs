using System.Collections.Immutable;

namespace Sweeps.Simulation.Servers;

internal enum JobKind
{
    Prepare,
    Extend,
    Finish,
}

/// <summary>A <c>DatasetJob</c>.</summary>
internal sealed record SimulatedJob(JobKind Kind, int Generation, long Epoch, ImmutableArray<int> Quarantined, long PointsDone);
