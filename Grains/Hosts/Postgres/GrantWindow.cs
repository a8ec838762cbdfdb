using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>What a claim learns of its sweep.</summary>
internal sealed record GrantWindow(LedgerPhase Phase, DatasetStage Stage, bool IsSameGeneration, int Chunks, int Frontier)
{
    /// <summary>Why nothing was granted.</summary>
    public Refusal Refusal => Phase switch
    {
        LedgerPhase.Cancelled => Refusal.Cancelled,
        _ when !IsSameGeneration || Stage is DatasetStage.Extending => Refusal.PlanChanged,
        LedgerPhase.Paused => Refusal.Paused,
        LedgerPhase.FailedBudget => Refusal.OverBudget,
        LedgerPhase.Completed => Refusal.Completed,
        _ => Refusal.NothingWaiting,
    };

    public bool MayRefill => Phase is LedgerPhase.Running && Stage is DatasetStage.Ready && IsSameGeneration && Frontier < Chunks;
}
