using System.Collections.Immutable;
using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Hosts.Local;

/// <summary>Remembers for a while when chunks were granted and settled; any thread.</summary>
internal sealed class RecentChunkLog
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, RecentChunk> held = [];
    private readonly Queue<RecentChunk> settled = [];

    /// <summary>A turn of the ledger.</summary>
    public void Note(LedgerEvent turn, ImmutableArray<LedgerEffect> effects, DateTimeOffset now)
    {
        lock (gate)
        {
            foreach (var effect in effects) Note(turn, effect, now);
            while (settled.TryPeek(out var oldest) && now - oldest.SettledAt >= RecentChunks.Window) settled.Dequeue();
        }
    }

    /// <summary>The newest grants first.</summary>
    public ImmutableArray<RecentChunk> Read(DateTimeOffset now)
    {
        lock (gate)
            return
            [
                .. settled.Where(chunk => now - chunk.SettledAt < RecentChunks.Window).Concat(held.Values)
                    .OrderByDescending(chunk => chunk.GrantedAt).ThenBy(chunk => chunk.Chunk),
            ];
    }

    private void Note(LedgerEvent turn, LedgerEffect effect, DateTimeOffset now)
    {
        switch (effect)
        {
            case LedgerEffect.Granted granted:
                foreach (var lease in granted.Leases) held[lease.Id.Chunk] = new(lease.Id.Chunk, lease.Worker, now, null, null);
                break;
            case LedgerEffect.Settled(var chunk) when turn is LedgerEvent.Complete complete && held.Remove(chunk, out var taken):
                settled.Enqueue(taken with { SettledAt = now, Points = complete.PointsDone + complete.PointsFailed });
                break;
            case LedgerEffect.Returned(var chunk, _):
                held.Remove(chunk);
                break;
            case LedgerEffect.Quarantined(var chunk, _):
                held.Remove(chunk);
                break;
            case LedgerEffect.Revoked(var lease):
                held.Remove(lease.Id.Chunk);
                break;
        }
    }
}
