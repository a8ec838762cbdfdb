using System.Diagnostics;

namespace Sweeps.Grains.Telemetry.Traces;

/// <summary>Records traces; one per process, handed to those who record. What nobody listens to costs a comparison.</summary>
/// <param name="time">For beginnings and ends.</param>
public sealed class SweepsTraces(TimeProvider time) : IDisposable
{
    /// <summary>Of the source, and of its instrumentation scope.</summary>
    public const string SourceName = "Sweeps";

    private readonly ActivitySource source = new(SourceName);

    /// <summary>A chunk has been granted.</summary>
    /// <param name="chunk">What is granted.</param>
    /// <param name="askedAt">When work was asked for.</param>
    /// <returns>Its trace; null if nobody wants it.</returns>
    public ChunkTrace? Begin(TracedChunk chunk, DateTimeOffset askedAt)
    {
        // In no trace of whoever claims: a lane claims for hours.
        var current = Activity.Current;
        Activity.Current = null;
        var life = source.CreateActivity(ChunkSpans.Life.Name, ActivityKind.Internal);
        Activity.Current = current;
        if (life is null) return null;
        Detached(life, askedAt);
        life.SetTag(ChunkSpans.Sweep, chunk.Sweep).SetTag(ChunkSpans.Experiment, chunk.Experiment).SetTag(ChunkSpans.Chunk, chunk.Number)
            .SetTag(ChunkSpans.Worker, chunk.Worker).SetTag(ChunkSpans.Epoch, chunk.Epoch).SetTag(ChunkSpans.Retried, chunk.IsRetried);
        var trace = new ChunkTrace(this, life);
        trace.Begin(ChunkSpans.Claim, askedAt).End();
        return trace;
    }

    public void Dispose() => source.Dispose();

    internal DateTimeOffset Now => time.GetUtcNow();

    internal Activity? Child(Activity parent, SpanDeclaration span, DateTimeOffset beganAt)
    {
        var child = source.CreateActivity(span.Name, ActivityKind.Internal, parent.Context);
        if (child is not null) Detached(child, beganAt);
        return child;
    }

    // Steps of a chunk begin on one thread and end on another: none of them is anybody's current activity.
    private static void Detached(Activity activity, DateTimeOffset beganAt)
    {
        var current = Activity.Current;
        Activity.Current = null; // where it has no parent, the start would take this one
        activity.SetStartTime(beganAt.UtcDateTime);
        activity.Start();
        Activity.Current = current;
    }
}

/// <summary>A granted chunk, for its trace.</summary>
/// <param name="Sweep">Its sweep's id.</param>
/// <param name="Experiment">Name of the experiment.</param>
/// <param name="Number">Of the chunk.</param>
/// <param name="Worker">Name of the lane.</param>
/// <param name="Epoch">Of the grant.</param>
/// <param name="IsRetried">Whether it failed or lost a worker before.</param>
public sealed record TracedChunk(string Sweep, string Experiment, int Number, string Worker, long Epoch, bool IsRetried);
