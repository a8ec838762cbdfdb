using Npgsql;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>What one silo at a time may do: it holds a role for a term, and takes it on before that runs out.</summary>
internal static class Terms
{
    /// <returns>The epoch and for how long the silo has held the role; null if another holds it.</returns>
    public static async Task<(long? Epoch, TimeSpan Held)> TakeAsync(
        NpgsqlConnection connection, string role, string silo, TimeSpan term, CancellationToken stop)
    {
        var taken = await PostgresDatabase.ReadAsync(
            connection, PostgresDatabase.Statement("take-term", role, silo, term), rows => (rows.GetInt64(0), rows.GetTimeSpan(1)), stop).ConfigureAwait(false);
        return taken is [var (epoch, held)] ? (epoch, held) : (null, default);
    }
}
