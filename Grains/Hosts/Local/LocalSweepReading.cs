using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Hosts.Local;

/// <summary>Where a sweep in this process stands, as a cluster would tell it.</summary>
/// <param name="Ledger">Chunks by stage, and points with those of chunks that have not ended yet.</param>
/// <param name="Progress">Rate, time left and the last finished point.</param>
/// <param name="FailureBudget">Points that may fail.</param>
/// <param name="Stage">Of its dataset.</param>
public sealed record LocalSweepReading(LedgerProgress Ledger, SweepProgress Progress, long FailureBudget, DatasetStage Stage);
