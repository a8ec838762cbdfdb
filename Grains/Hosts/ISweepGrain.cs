using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Hosts;

/// <summary>
/// One sweep, addressed by its id: a single writer whose turns are applications of the <see cref="SweepLedger"/>. A refusal is an answer,
/// not an exception; null means done.
/// </summary>
public interface ISweepGrain
{
    /// <summary>Asks for up to <paramref name="maximum"/> chunks.</summary>
    Task<ClaimAnswer> ClaimAsync(string worker, int maximum);

    Task<Refusal?> RenewAsync(LeaseId lease);

    /// <summary>The chunk's part file is in place.</summary>
    Task<Refusal?> CompleteAsync(LeaseId lease, long pointsDone, long pointsFailed);

    /// <summary>The chunk failed as a whole, or took its process down.</summary>
    Task<Refusal?> FailAsync(LeaseId lease, string cause, bool workerDied = false);

    /// <summary>Hands a chunk back unharmed.</summary>
    Task<Refusal?> ReleaseAsync(LeaseId lease);

    Task<Refusal?> PauseAsync();

    Task<Refusal?> ResumeAsync(long? failureBudget = null);

    Task<Refusal?> CancelAsync();

    /// <summary>The grid has grown and is cut anew; these are the ended chunks of the new plan.</summary>
    Task<Refusal?> ExtendAsync(int chunkCount, LedgerHoldings holdings);

    Task<LedgerProgress> ProgressAsync();
}
