using System.Collections.Immutable;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Pages;

/// <summary>Chunks that a lane had in hand within the last minute, laid out so that none covers another.</summary>
/// <param name="Worker">The lane's key.</param>
/// <param name="Bars">In the order of their grants.</param>
/// <param name="Rows">Rows that they need.</param>
/// <param name="Settled">Chunks that it settled.</param>
/// <param name="PointsPerSecond">Its rate; null if it settled none.</param>
internal sealed record LaneTimeline(string Worker, ImmutableArray<LaneTimeline.Bar> Bars, int Rows, int Settled, double? PointsPerSecond)
{
    /// <summary>A chunk from its grant to its end.</summary>
    /// <param name="Chunk">As told.</param>
    /// <param name="From">Where it begins: 0 a minute ago, 1 now.</param>
    /// <param name="To">Where it ends.</param>
    /// <param name="Row">In which row, from 0.</param>
    public sealed record Bar(RecentChunk Chunk, double From, double To, int Row);

    /// <summary>A timeline for each lane, by their keys.</summary>
    public static ImmutableArray<LaneTimeline> Of(RecentChunks recent) =>
    [
        .. recent.Chunks.GroupBy(chunk => chunk.Worker).OrderBy(lane => lane.Key, StringComparer.Ordinal)
            .Select(lane => Of(recent, lane.Key, lane.OrderBy(chunk => chunk.GrantedAt).ThenBy(chunk => chunk.Chunk))),
    ];

    private static LaneTimeline Of(RecentChunks recent, string worker, IEnumerable<RecentChunk> chunks)
    {
        var bars = ImmutableArray.CreateBuilder<Bar>();
        List<double> ends = [];
        foreach (var chunk in chunks)
        {
            double from = Share(recent, chunk.GrantedAt), to = chunk.SettledAt is { } settled ? Share(recent, settled) : 1;
            int row = ends.FindIndex(end => end <= from);
            if (row < 0)
            {
                row = ends.Count;
                ends.Add(to);
            }
            else
            {
                ends[row] = to;
            }
            bars.Add(new(chunk, from, to, row));
        }
        return new(worker, bars.ToImmutable(), ends.Count, bars.Count(bar => bar.Chunk.SettledAt is not null), recent.PointsPerSecondOf(worker));
    }

    private static double Share(RecentChunks recent, DateTimeOffset at) => Math.Clamp(1 - (recent.Now - at) / RecentChunks.Window, 0, 1);
}
