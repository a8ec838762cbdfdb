using System.Globalization;
using Sweeps.EndToEnd.Cluster;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>How long it takes until work goes on, by the database's clock.</summary>
internal static class Resumption
{
    /// <summary>Waits until a chunk was settled or granted after a moment.</summary>
    /// <param name="cluster">Where.</param>
    /// <param name="moment">In SQL.</param>
    /// <returns>From then to the first of them.</returns>
    public static async Task<TimeSpan> AfterAsync(TestCluster cluster, string moment)
    {
        string question =
            $"""
            select extract(epoch from min(turn) - {moment})::text
            from sweeps.chunk, unnest(array[granted_at, ended_at]) turn
            where turn > {moment}
            having count(*) > 0
            """;
        string[] seconds = [];
        await ClusterDeadline.MeetAsync(
            async () => (seconds = await cluster.AskAsync(question)).Length > 0, () => "no chunk is settled or granted");
        return TimeSpan.FromSeconds(double.Parse(seconds[0], CultureInfo.InvariantCulture));
    }
}
