using System.Globalization;
using Sweeps.EndToEnd.Cluster;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>How long chunks stay with a silo that is gone, by the database's clock.</summary>
internal static class TakeOver
{
    /// <summary>Strikes a silo, and waits until all it held was granted to another, or is settled.</summary>
    /// <param name="cluster">Where it is.</param>
    /// <param name="victim">The silo.</param>
    /// <param name="strike">What ends or stops it.</param>
    /// <returns>From just before the strike to the last of the grants; null if the silo held nothing.</returns>
    public static async Task<TimeSpan?> MeasureAsync(TestCluster cluster, SiloProcess victim, Action strike)
    {
        string? name = victim.Names.LastOrDefault();
        string moment = Assert.Single(await cluster.AskAsync("select clock_timestamp()::text"));
        strike();
        if (name is null) return null;
        string[] held = await cluster.AskAsync(
            $"select format('(%s, %s, %s)', sweep, number, epoch) from sweeps.chunk where state = 'leased' and worker like '{name}/%'");
        if (held.Length == 0) return null;

        // Who is granted it may be struck in turn, and the chunk wait again: the epoch tells.
        string question =
            $"""
            select extract(epoch from max(case when c.epoch > h.epoch then c.granted_at else c.ended_at end) - timestamptz '{moment}')::text
            from (values {string.Join(", ", held)}) h (sweep, number, epoch)
            join sweeps.chunk c on c.sweep = h.sweep and c.number = h.number and (c.epoch > h.epoch or c.state in ('settled', 'quarantined'))
            having count(*) = {held.Length.ToString(CultureInfo.InvariantCulture)}
            """;
        string[] seconds = [];
        await ClusterDeadline.MeetAsync(
            async () => (seconds = await cluster.AskAsync(question)).Length > 0,
            () => $"what {name} held is not taken over: {string.Join(", ", held)}");
        return TimeSpan.FromSeconds(double.Parse(seconds[0], CultureInfo.InvariantCulture));
    }
}
