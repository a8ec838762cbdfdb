using Npgsql;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>What one silo at a time may do: it holds a role for a term, and takes it on before that runs out.</summary>
internal static class Terms
{
    /// <returns>
    /// The epoch, and for how long the role has been kept: by this silo, and for a term's length by one whose term ended less than that
    /// before; null if another holds it.
    /// </returns>
    public static async Task<(long? Epoch, TimeSpan Kept)> TakeAsync(
        NpgsqlConnection connection, string role, string silo, TimeSpan term, CancellationToken stop)
    {
        var taken = await PostgresDatabase.ReadAsync(
            connection, PostgresDatabase.Statement("take-term", role, silo, term), rows => (rows.GetInt64(0), rows.GetTimeSpan(1)), stop).ConfigureAwait(false);
        return taken is [var (epoch, kept)] ? (epoch, kept) : (null, default);
    }
}
