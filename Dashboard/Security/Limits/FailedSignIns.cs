namespace Sweeps.Dashboard.Security.Limits;

/// <summary>
/// Counts wrong tokens. A token cannot be guessed; this keeps those who try from filling the log, and whoever has chosen a token badly from
/// finding out.
/// </summary>
internal sealed class FailedSignIns(RequestLimits limits, TimeProvider clock)
{
    private const int MostAddresses = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Count> counts = new(StringComparer.Ordinal);
    private Count all = new(0, default);

    /// <summary>How long no token of an address is looked at; null if they are.</summary>
    public TimeSpan? WaitOf(string address)
    {
        var now = clock.GetUtcNow();
        lock (gate) return Left(counts.GetValueOrDefault(address), limits.FailuresOfAddress, now);
    }

    /// <summary>How long nobody is let in by the form; null if they are. Whoever is in stays, so that nobody can lock out everybody.</summary>
    public TimeSpan? WaitOfAll()
    {
        var now = clock.GetUtcNow();
        lock (gate) return Left(all, limits.Failures, now);
    }

    /// <summary>A token was wrong.</summary>
    public void Add(string address)
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            if (counts.Count >= MostAddresses && !counts.ContainsKey(address))
                foreach (var (old, _) in counts.OrderBy(each => each.Value.Since).Take(MostAddresses / 10).ToArray()) counts.Remove(old);
            counts[address] = More(counts.GetValueOrDefault(address), now);
            all = More(all, now);
        }
    }

    private Count More(Count before, DateTimeOffset now) =>
        before.Failures > 0 && now - before.Since < limits.FailuresIn ? before with { Failures = before.Failures + 1 } : new(1, now);

    private TimeSpan? Left(Count count, int most, DateTimeOffset now) =>
        count.Failures >= most && count.Since + limits.FailuresIn - now is var left && left > TimeSpan.Zero ? left : null;

    private readonly record struct Count(int Failures, DateTimeOffset Since);
}
