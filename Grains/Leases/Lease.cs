namespace Sweeps.Grains.Leases;

/// <summary>What a worker shows to prove that it holds a chunk.</summary>
/// <param name="Chunk">Number of the chunk.</param>
/// <param name="Epoch">Number of the grant: later grants of the sweep have higher ones.</param>
/// <param name="Token">Random, made by the host for the claim, so that an epoch cannot be guessed.</param>
public readonly record struct LeaseId(int Chunk, long Epoch, Guid Token);

/// <summary>A chunk in the hands of a worker.</summary>
/// <param name="Id">Chunk, epoch and token.</param>
/// <param name="Worker">Name of the worker, for people.</param>
/// <param name="ExpiresAt">From this moment on the lease is void; null if it never expires.</param>
/// <param name="History">What went wrong with the chunk before.</param>
/// <param name="Alone">Whether the chunk must run in a process of its own, because workers died of it, perhaps.</param>
public sealed record Lease(LeaseId Id, string Worker, DateTimeOffset? ExpiresAt, ChunkHistory History, bool Alone);
