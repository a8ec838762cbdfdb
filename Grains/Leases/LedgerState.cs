using System.Collections.Immutable;

namespace Sweeps.Grains.Leases;

/// <summary>
/// The state of a sweep's chunks: a low-water mark and the exceptions above it. Its size grows with leases, returned chunks and gaps, not
/// with chunks.
/// </summary>
public sealed record LedgerState
{
    /// <summary>How many of <see cref="LastEnded"/> are kept: more than all workers together have in hand unanswered.</summary>
    public const int RememberedEnds = 1024;

    public required int ChunkCount { get; init; }

    /// <summary>Points that may fail before nothing more is granted.</summary>
    public required long FailureBudget { get; init; }

    public LedgerPhase Phase { get; init; } = LedgerPhase.Running;

    /// <summary>Chunks that nobody will run again: settled or quarantined.</summary>
    public ChunkSet Ended { get; init; } = ChunkSet.Empty;

    /// <summary>The ended chunks that are not settled.</summary>
    public ImmutableSortedSet<int> Quarantined { get; init; } = [];

    /// <summary>Chunks from here on have never been leased.</summary>
    public int Frontier { get; init; }

    /// <summary>Live leases by chunk.</summary>
    public ImmutableSortedDictionary<int, Lease> Leases { get; init; } = ImmutableSortedDictionary<int, Lease>.Empty;

    /// <summary>Chunks below the frontier that wait again, with their histories.</summary>
    public ImmutableSortedDictionary<int, ChunkHistory> Returned { get; init; } = ImmutableSortedDictionary<int, ChunkHistory>.Empty;

    /// <summary>Epoch of the next grant.</summary>
    public long NextEpoch { get; init; } = 1;

    /// <summary>
    /// The leases that ended last by the word of their workers, oldest first: whoever did not hear the answer may say it again, until the chunk
    /// is granted again.
    /// </summary>
    public ImmutableList<EndedLease> LastEnded { get; init; } = [];

    /// <summary>Points with a row.</summary>
    public long PointsDone { get; init; }

    /// <summary>Points without one: failed on their own, or in a quarantined chunk.</summary>
    public long PointsFailed { get; init; }

    /// <summary>No lease expires before this moment; null if none expires at all.</summary>
    public DateTimeOffset? NoExpiryBefore { get; init; }

    /// <summary>Counts for people and metrics.</summary>
    public LedgerProgress Progress => new(
        Phase, ChunkCount, Ended.Count - Quarantined.Count, Leases.Count, ChunkCount - Ended.Count - Leases.Count, Quarantined.Count,
        PointsDone, PointsFailed);

    /// <summary>A sweep of which nothing is done.</summary>
    public static LedgerState Begin(int chunkCount, long failureBudget)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(failureBudget);
        return new LedgerState { ChunkCount = chunkCount, FailureBudget = failureBudget };
    }
}
