using System.Collections.Immutable;
using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Hosts;

/// <summary>
/// One sweep, addressed by its id: a single writer whose turns are applications of the <see cref="SweepLedger"/>. A refusal is an answer,
/// not an exception; null means done. What comes in batches is answered in the order of the batch, each for itself.
/// </summary>
/// <remarks>
/// A host that loses its store retries by itself, for as long as the cancellation allows: a call that returns has been heard, and calls may
/// be repeated: what ended a lease is answered by null again for a minute or more, until the chunk is granted again.
/// </remarks>
public interface ISweepGrain
{
    /// <summary>How long a lease lasts from its grant or renewal; null for ever.</summary>
    TimeSpan? LeaseDuration { get; }

    /// <summary>Asks for up to <paramref name="maximum"/> chunks; one that must run alone is granted by itself.</summary>
    Task<ClaimAnswer> ClaimAsync(string worker, int maximum, CancellationToken cancellation = default);

    Task<ImmutableArray<Refusal?>> RenewAsync(ImmutableArray<LeaseId> leases, CancellationToken cancellation = default);

    /// <summary>The chunks' part files are in place.</summary>
    Task<ImmutableArray<Refusal?>> CompleteAsync(ImmutableArray<Completion> completions, CancellationToken cancellation = default);

    /// <summary>The chunk failed as a whole, or took its process down.</summary>
    Task<Refusal?> FailAsync(LeaseId lease, string cause, bool workerDied = false, CancellationToken cancellation = default);

    /// <summary>Hands chunks back unharmed.</summary>
    Task<ImmutableArray<Refusal?>> ReleaseAsync(ImmutableArray<LeaseId> leases, CancellationToken cancellation = default);

    Task<Refusal?> PauseAsync(CancellationToken cancellation = default);

    Task<Refusal?> ResumeAsync(long? failureBudget = null, CancellationToken cancellation = default);

    Task<Refusal?> CancelAsync(CancellationToken cancellation = default);

    /// <summary>The grid has grown and is cut anew; these are the ended chunks of the new plan.</summary>
    Task<Refusal?> ExtendAsync(int chunkCount, LedgerHoldings holdings, CancellationToken cancellation = default);

    Task<LedgerProgress> ProgressAsync(CancellationToken cancellation = default);
}
