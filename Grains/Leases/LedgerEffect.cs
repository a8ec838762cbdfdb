using System.Collections.Immutable;

namespace Sweeps.Grains.Leases;

/// <summary>What an event did, for the answer to the worker, the journal, the log and the metrics.</summary>
public abstract record LedgerEffect
{
    private LedgerEffect()
    {
    }

    /// <summary>The claim's leases, at least one.</summary>
    public sealed record Granted(ImmutableArray<Lease> Leases) : LedgerEffect
    {
        public bool Equals(Granted? other) => other is not null && Leases.SequenceEqual(other.Leases);

        public override int GetHashCode() => Leases.Length;
    }

    public sealed record Renewed(Lease Lease) : LedgerEffect;

    public sealed record Refused(Refusal Reason) : LedgerEffect;

    public sealed record Settled(int Chunk) : LedgerEffect;

    /// <summary>A worker was not heard of in time.</summary>
    public sealed record Expired(Lease Lease) : LedgerEffect;

    /// <summary>A lease is void before its time, because its worker is lost.</summary>
    public sealed record Lost(Lease Lease) : LedgerEffect;

    /// <summary>A lease is void for no fault of its worker: the sweep was cancelled, extended or recovered.</summary>
    public sealed record Revoked(Lease Lease) : LedgerEffect;

    /// <summary>The chunk waits again.</summary>
    public sealed record Returned(int Chunk, ChunkHistory History) : LedgerEffect;

    /// <summary>The chunk is given up, and its points have failed.</summary>
    public sealed record Quarantined(int Chunk, string Cause) : LedgerEffect;

    public sealed record PhaseChanged(LedgerPhase Phase) : LedgerEffect;
}
