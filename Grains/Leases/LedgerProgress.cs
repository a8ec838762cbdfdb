namespace Sweeps.Grains.Leases;

/// <summary>Counts of chunks by stage (they sum to <paramref name="Chunks"/>), and of points.</summary>
public sealed record LedgerProgress(
    LedgerPhase Phase, int Chunks, int Settled, int Leased, int Waiting, int Quarantined, long PointsDone, long PointsFailed);
