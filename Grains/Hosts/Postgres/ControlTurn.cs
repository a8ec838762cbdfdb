using Npgsql;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>The statements of one exclusive turn, in its transaction.</summary>
internal sealed class ControlTurn(NpgsqlConnection connection, CancellationToken stop)
{
    public Task LockAsync(long sweep) => PostgresDatabase.DoAsync(connection, [PostgresDatabase.TurnLock(sweep, exclusive: true)], stop);

    /// <returns>Rows that were changed.</returns>
    public Task<int> DoAsync(string statement, params object?[] values) =>
        PostgresDatabase.DoAsync(connection, [PostgresDatabase.Statement(statement, values)], stop);

    /// <returns>False if the term was over.</returns>
    public async Task<bool> EndAsync(DatasetTerm term) => await DoAsync("end-term", term.Role, term.Silo, term.Epoch).ConfigureAwait(false) == 1;

    public Task TellAsync(long sweep) => PostgresNews.TellAsync(connection, sweep, stop);
}
