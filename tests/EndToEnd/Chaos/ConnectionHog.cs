using Npgsql;
using Sweeps.EndToEnd.Cluster;
using Sweeps.Grains.Hosts.Postgres;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>Somebody who takes every connection that the server has for users; what it keeps for administrators stays.</summary>
internal sealed class ConnectionHog : IAsyncDisposable
{
    private readonly List<NpgsqlConnection> taken = [];

    private ConnectionHog()
    {
    }

    /// <summary>Takes what is free, ends the silos' connections, and takes these, until they have none.</summary>
    public static async Task<ConnectionHog> TakeAllAsync(TestCluster cluster)
    {
        Assert.True(PostgresAddress.TryParse(cluster.UrlOf(ClusterServer.Operate), out var address, out string? mistake), mistake);
        var settings = address!.ConnectionString();
        (settings.Pooling, settings.KeepAlive) = (false, 0);
        var hog = new ConnectionHog();
        try
        {
            await ClusterDeadline.MeetAsync(() => hog.TakesAllAsync(cluster, settings.ConnectionString), () => "silos still have connections");
            return hog;
        }
        catch
        {
            await hog.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in taken) await connection.DisposeAsync();
        taken.Clear();
    }

    private async Task<bool> TakesAllAsync(TestCluster cluster, string settings)
    {
        await TakeFreeAsync(settings);
        try
        {
            // First who, then the end of it: the conditions of one query may be tried on all in any order.
            return (await cluster.AskAsync(
                """
                with silo as materialized (select pid from pg_stat_activity where usename = 'sweeps_work')
                select 'cut' from silo where pg_terminate_backend(pid)
                """)).Length == 0;
        }
        catch (PostgresException full) when (full.SqlState is PostgresErrorCodes.TooManyConnections)
        {
            return false; // What was ended a moment ago may still have the place that is kept for administrators.
        }
    }

    private async Task TakeFreeAsync(string settings)
    {
        while (true)
        {
            var connection = new NpgsqlConnection(settings);
            try
            {
                await connection.OpenAsync();
                taken.Add(connection);
            }
            catch (PostgresException full) when (full.SqlState is PostgresErrorCodes.TooManyConnections)
            {
                await connection.DisposeAsync();
                return;
            }
        }
    }
}
