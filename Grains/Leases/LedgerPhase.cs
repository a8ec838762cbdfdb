namespace Sweeps.Grains.Leases;

/// <summary>Where a sweep as a whole stands.</summary>
public enum LedgerPhase
{
    /// <summary>Chunks are granted.</summary>
    Running,

    /// <summary>Nothing is granted; what is leased may end.</summary>
    Paused,

    /// <summary>More points failed than the budget allows: as paused, until resumed with a larger budget.</summary>
    FailedBudget,

    /// <summary>Ended by a user; leases are void.</summary>
    Cancelled,

    /// <summary>Every chunk is settled or quarantined.</summary>
    Completed,
}
