using Sweeps.Grains.Leases;

namespace Sweeps.Contract.Postgres;

/// <summary>What must never happen, as the workers see it: two holders of one chunk, an epoch twice, or an end twice.</summary>
internal sealed class HolderCheck(TimeSpan lease, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, (long Epoch, long Since)> holders = [];
    private readonly Dictionary<int, long> newest = [];
    private readonly HashSet<long> epochs = [];
    private readonly Dictionary<int, (long Done, long Failed)> completed = [];
    private readonly List<string> violations = [];

    public IReadOnlyList<string> Violations => violations;

    public IReadOnlyDictionary<int, (long Done, long Failed)> Completed => completed;

    public int Grants => epochs.Count;

    /// <param name="grant">Granted.</param>
    /// <param name="asked">When the claim was sent, by <see cref="TimeProvider.GetTimestamp"/>.</param>
    public void Granted(Lease grant, long asked)
    {
        var (chunk, epoch, _) = grant.Id;
        lock (gate)
        {
            if (!epochs.Add(epoch)) violations.Add($"epoch {epoch} was granted twice");
            if (completed.ContainsKey(chunk)) violations.Add($"chunk {chunk} was granted after it ended");
            if (newest.GetValueOrDefault(chunk) > epoch) return; // the answer was slow: somebody else has it by now
            newest[chunk] = epoch;
            if (holders.TryGetValue(chunk, out var before) && time.GetElapsedTime(before.Since) < lease)
                violations.Add($"chunk {chunk} was granted by epoch {epoch} while epoch {before.Epoch} held it");
            holders[chunk] = (epoch, asked);
        }
    }

    /// <summary>The holder is about to say that it ends: from here on the chunk may be another's.</summary>
    /// <returns>Whether the lease is still the newest of its chunk.</returns>
    public bool Ending(LeaseId id)
    {
        lock (gate)
        {
            if (holders.TryGetValue(id.Chunk, out var holder) && holder.Epoch == id.Epoch) holders.Remove(id.Chunk);
            return newest[id.Chunk] == id.Epoch;
        }
    }

    /// <summary>A completion was accepted.</summary>
    public void Ended(LeaseId id, bool wasNewest, long done, long failed)
    {
        lock (gate)
        {
            if (!wasNewest) violations.Add($"chunk {id.Chunk} was completed by epoch {id.Epoch}, which had lost it");
            if (!completed.TryAdd(id.Chunk, (done, failed))) violations.Add($"chunk {id.Chunk} was completed twice");
        }
    }
}
