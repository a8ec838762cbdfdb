namespace Sweeps.Grains.Hosts;

/// <summary>A chunk that a lane holds, or settled a moment ago.</summary>
/// <param name="Chunk">Its number.</param>
/// <param name="Worker">The lane's key.</param>
/// <param name="GrantedAt">When the lane took it; it may have waited there for others to end.</param>
/// <param name="SettledAt">When its rows were in place; null while it is held.</param>
/// <param name="Points">Points that were settled; null while it is held.</param>
public sealed record RecentChunk(int Chunk, string Worker, DateTimeOffset GrantedAt, DateTimeOffset? SettledAt, long? Points);
