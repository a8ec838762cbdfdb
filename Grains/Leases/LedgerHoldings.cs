using System.Collections.Immutable;

namespace Sweeps.Grains.Leases;

/// <summary>What of a plan is done already.</summary>
/// <param name="Settled">Settled chunks.</param>
/// <param name="Quarantined">Chunks given up; one that is settled after all counts as settled.</param>
/// <param name="PointsDone">Points with a row.</param>
/// <param name="PointsFailed">Points without one.</param>
public sealed record LedgerHoldings(ImmutableArray<ChunkRange> Settled, ImmutableArray<int> Quarantined, long PointsDone,
    long PointsFailed);
