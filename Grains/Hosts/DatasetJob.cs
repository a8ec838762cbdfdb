using System.Collections.Immutable;

namespace Sweeps.Grains.Hosts;

/// <summary>
/// Work on a sweep's dataset as a whole, for one silo at a time: it holds a term that it renews. A silo that was stopped beyond its term may
/// still be at it when another begins, so every step must be harmless twice, and side by side.
/// </summary>
/// <param name="Sweep">The sweep; for <see cref="Extend"/>, its generation before.</param>
/// <param name="Epoch">Of the term: higher than all before. Names what is staged.</param>
public abstract record DatasetJob(SweepRecord Sweep, long Epoch)
{
    /// <summary>Makes the folder, or adopts what it holds of this very sweep.</summary>
    public sealed record Prepare(SweepRecord Sweep, long Epoch) : DatasetJob(Sweep, Epoch);

    /// <summary>Turns the rows of <see cref="DatasetJob.Sweep"/> into the beginning of <paramref name="Next"/>; may have been done already.</summary>
    public sealed record Extend(SweepRecord Sweep, SweepRecord Next, long Epoch) : DatasetJob(Sweep, Epoch);

    /// <summary>Records quarantined chunks as failed points, and merges.</summary>
    /// <param name="Sweep">The sweep, every chunk of which has ended.</param>
    /// <param name="Quarantined">Chunks given up.</param>
    /// <param name="PointsDone">Rows that there must be.</param>
    /// <param name="Epoch">Of the term.</param>
    public sealed record Finish(SweepRecord Sweep, ImmutableArray<QuarantinedChunk> Quarantined, long PointsDone, long Epoch)
        : DatasetJob(Sweep, Epoch);
}

/// <summary>A chunk that was given up.</summary>
/// <param name="Chunk">Its number.</param>
/// <param name="Cause">The last of its causes.</param>
public sealed record QuarantinedChunk(int Chunk, string Cause);
