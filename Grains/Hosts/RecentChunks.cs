using System.Collections.Immutable;

namespace Sweeps.Grains.Hosts;

/// <summary>Chunks of a sweep that are held, and those that were settled within <see cref="Window"/>; all times by one clock.</summary>
/// <param name="Now">When this was so.</param>
/// <param name="Chunks">The newest grants first, at most <see cref="Most"/>.</param>
public sealed record RecentChunks(DateTimeOffset Now, ImmutableArray<RecentChunk> Chunks)
{
    /// <summary>More are not told of.</summary>
    public const int Most = 500;

    /// <summary>What was settled before is not recent; rates are taken over it.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>A lane's rate: the points of the chunks that it settled, over the time since it took the first of these.</summary>
    /// <param name="worker">The lane's key.</param>
    /// <returns>Null if it settled none; the time is a second at least, and <see cref="Window"/> at most.</returns>
    public double? PointsPerSecondOf(string worker)
    {
        RecentChunk[] settled = [.. Chunks.Where(chunk => chunk.Worker == worker && chunk.SettledAt is not null)];
        if (settled.Length == 0) return null;
        double seconds = (Now - settled.Min(chunk => chunk.GrantedAt)).TotalSeconds;
        return settled.Sum(chunk => chunk.Points!.Value) / Math.Clamp(seconds, 1, Window.TotalSeconds);
    }
}
