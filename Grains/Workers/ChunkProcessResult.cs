namespace Sweeps.Grains.Workers;

/// <summary>How a chunk's own process ended.</summary>
public abstract record ChunkProcessResult
{
    private ChunkProcessResult()
    {
    }

    /// <summary>The part is whole in staging, and only to be placed.</summary>
    /// <param name="PointsDone">Points with a row.</param>
    /// <param name="PointsFailed">Points without one.</param>
    public sealed record Staged(long PointsDone, long PointsFailed) : ChunkProcessResult;

    /// <summary>The process ended before its chunk did.</summary>
    /// <param name="Cause">For people: exit code or signal, and its last words.</param>
    public sealed record Died(string Cause) : ChunkProcessResult;
}
