using System.Collections.Immutable;
using System.ComponentModel;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Api.Bodies;

/// <summary>What happened to a chunk that failed or lost its worker.</summary>
internal sealed record EvidenceBody
{
    public required int Chunk { get; init; }

    public required string Worker { get; init; }

    public required DateTimeOffset At { get; init; }

    [Description("failed, died, died alone, expired or quarantined.")]
    public required string What { get; init; }

    public required string Cause { get; init; }

    public ChunkEvidence ToEvidence() => new(Chunk, Worker, At, What, Cause);
}

/// <summary>Evidence of a sweep.</summary>
internal sealed record EvidenceListBody
{
    [Description("Newest first.")]
    public required ImmutableArray<EvidenceBody> Evidence { get; init; }
}
