namespace Sweeps.Grains.Leases;

/// <summary>What can happen to a ledger.</summary>
public abstract record LedgerEvent
{
    private LedgerEvent()
    {
    }

    /// <summary>
    /// A worker asks for up to <paramref name="Maximum"/> chunks; the host brings a fresh random <paramref name="Token"/>.
    /// </summary>
    public sealed record Claim(string Worker, int Maximum, Guid Token) : LedgerEvent;

    /// <summary>A worker is alive and goes on.</summary>
    public sealed record Renew(LeaseId Lease) : LedgerEvent;

    /// <summary>The chunk's part file is in place.</summary>
    public sealed record Complete(LeaseId Lease, long PointsDone, long PointsFailed) : LedgerEvent;

    /// <summary>
    /// The chunk failed as a whole, or, with <paramref name="WorkerDied"/>, took its process down, and its worker lives to tell.
    /// </summary>
    public sealed record Fail(LeaseId Lease, string Cause, bool WorkerDied = false) : LedgerEvent;

    /// <summary>A worker is lost, and its leases are void before their time; that says little about its chunks.</summary>
    public sealed record Lose(string Worker) : LedgerEvent;

    /// <summary>A worker hands a chunk back unharmed.</summary>
    public sealed record Release(LeaseId Lease) : LedgerEvent;

    public sealed record Pause : LedgerEvent;

    /// <summary>Goes on; after <see cref="LedgerPhase.FailedBudget"/> only with a budget that the failures do not exceed.</summary>
    public sealed record Resume(long? FailureBudget = null) : LedgerEvent;

    public sealed record Cancel : LedgerEvent;

    /// <summary>At start: what the files say. The chunks end as said; both sums of points are taken as they are.</summary>
    public sealed record Recover(LedgerHoldings Holdings) : LedgerEvent;

    /// <summary>The grid has grown and is cut anew: all leases are void, and these are the ended chunks of the new plan.</summary>
    public sealed record Extend(int ChunkCount, LedgerHoldings Holdings) : LedgerEvent;

    /// <summary>Time has passed. Every other event lets leases expire, too.</summary>
    public sealed record Tick : LedgerEvent;
}
