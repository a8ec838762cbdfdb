using Npgsql;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>The statements of one exclusive turn, in its transaction.</summary>
internal sealed class ControlTurn(NpgsqlConnection connection, CancellationToken stop)
{
    public Task LockAsync(long sweep) => DoAsync(PostgresDatabase.TurnLock(sweep, exclusive: true));

    /// <returns>Rows that were changed.</returns>
    public Task<int> DoAsync(string statement, params object?[] values) => DoAsync(PostgresDatabase.Statement(statement, values));

    /// <returns>False if the term was over.</returns>
    public async Task<bool> EndAsync(DatasetTerm term) => await DoAsync("end-term", term.Role, term.Silo, term.Epoch).ConfigureAwait(false) == 1;

    public Task TellAsync(long sweep) => PostgresNews.TellAsync(connection, sweep, stop);

    private async Task<int> DoAsync(NpgsqlBatchCommand command)
    {
        await using NpgsqlBatch batch = new(connection) { BatchCommands = { command } };
        return await batch.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
    }
}
