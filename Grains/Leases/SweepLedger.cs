using System.Collections.Immutable;
using Sweeps.Grains.Planning;

namespace Sweeps.Grains.Leases;

/// <summary>
/// Decides who runs which chunk: a pure function <c>(state, event, now) → (state, effects)</c>. The life of a chunk:
/// <code>
///              ┌───────────── Returned: failed, released, expired, lost, revoked ────┐
///              ▼                                                                     │
///           waiting ── Granted ──► leased ── Settled ──► settled   (for ever)        │
///                                    │ ▲ Renewed                                     │
///                                    ├─┘                                             │
///                                    ├───────────────────────────────────────────────┘
///                                    └── Quarantined: failed, died alone, or lost too often ──► quarantined (for ever)
/// </code>
/// and of a sweep:
/// <code>
///   Running ⇄ Paused;   Running, Paused ─ too many points failed ─► FailedBudget ─ Resume with more ─► Running
///   Running, Paused, FailedBudget ─ every chunk settled or quarantined ─► Completed ─ Extend ─► Running
///   Running, Paused, FailedBudget ─ Cancel ─► Cancelled (for ever)
/// </code>
/// Each grant has a higher epoch than all before, so a worker that lost its lease is recognised however late it comes. A lease is void
/// from its expiry on, whether or not anybody else holds the chunk by then. A chunk whose workers died too often runs alone: it is granted by
/// itself, in a process of its own, and only deaths of that process that its worker tells of count against it. A worker that is lost says
/// little: it takes many of those until a chunk is given up.
/// </summary>
/// <param name="policy">The numbers to decide by.</param>
/// <param name="pointsOf">
/// Points of a chunk, from the <see cref="ChunkPlan"/>; after an <see cref="LedgerEvent.Extend"/>, of the new one.
/// </param>
public sealed class SweepLedger(LedgerPolicy policy, Func<int, int> pointsOf)
{
    /// <summary>What becomes of the state, and what happened. The same arguments always give the same result.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The event is misuse: it names chunks that are not there, or a claim of none.
    /// </exception>
    public (LedgerState State, ImmutableArray<LedgerEffect> Effects) Apply(LedgerState state, LedgerEvent @event, DateTimeOffset now) =>
        new LedgerTurn(policy, pointsOf, state, now).Play(@event);
}
