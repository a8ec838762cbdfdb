using System.Collections.Immutable;

namespace Sweeps.Grains.Telemetry.Traces;

/// <summary>The life of a chunk: a trace of its own, with a span for each step.</summary>
public static class ChunkSpans
{
    public const string Sweep = "sweep";
    public const string Experiment = "experiment";
    public const string Chunk = "chunk";
    public const string Worker = "worker";
    public const string Epoch = "epoch";
    public const string Retried = "retried";
    public const string Outcome = "outcome";
    public const string DeviceKind = "device.kind";
    public const string PointsDone = "points.done";
    public const string PointsFailed = "points.failed";

    public static readonly SpanDeclaration Life = new(
        "sweeps.chunk", "From the question for work until the grain has heard how the chunk ended, or it is dropped.",
        [Sweep, Experiment, Chunk, Worker, Epoch, Retried, Outcome]);

    public static readonly SpanDeclaration Claim = new("sweeps.chunk.claim", "From the question for work until the grant.", []);

    public static readonly SpanDeclaration Compute = new(
        "sweeps.chunk.compute", "From the first point taken up until all rows are staged.", [DeviceKind, PointsDone, PointsFailed]);

    public static readonly SpanDeclaration Publish = new(
        "sweeps.chunk.publish", "From staged until the files are in place, the lease confirmed.", []);

    public static readonly SpanDeclaration Complete = new(
        "sweeps.chunk.complete", "From the files in place until the grain has answered.", []);

    public static ImmutableArray<SpanDeclaration> All { get; } = [Life, Claim, Compute, Publish, Complete];
}
