using System.Collections.Immutable;
using System.ComponentModel;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Api.Bodies;

/// <summary>A chunk that a lane holds, or settled a moment ago.</summary>
internal sealed record RecentChunkBody
{
    public required int Chunk { get; init; }

    [Description("The lane that took it.")]
    public required string Worker { get; init; }

    [Description("It may have waited in the lane since.")]
    public required DateTimeOffset GrantedAt { get; init; }

    [Description("When its rows were in place; null while it is held.")]
    public required DateTimeOffset? SettledAt { get; init; }

    [Description("Points that were settled; null while it is held.")]
    public required long? Points { get; init; }
}

/// <summary>Chunks of a sweep that are held, and those that were settled within the last minute.</summary>
internal sealed record RecentChunksBody
{
    [Description("When this was so, by the clock of all these times.")]
    public required DateTimeOffset Now { get; init; }

    [Description("The newest grants first; at most 500.")]
    public required ImmutableArray<RecentChunkBody> Chunks { get; init; }

    public RecentChunks ToRecentChunks() => new(
        Now, [.. Chunks.Select(chunk => new RecentChunk(chunk.Chunk, chunk.Worker, chunk.GrantedAt, chunk.SettledAt, chunk.Points))]);
}
