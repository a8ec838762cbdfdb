using System.Collections.Immutable;
using Npgsql;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>A turn of a sweep's workers, side by side with others: turn lock and statements go in one round trip.</summary>
internal sealed class SharedTurn(NpgsqlConnection connection, long sweep, CancellationToken stop)
{
    /// <returns>Rows that were changed.</returns>
    public Task<int> DoAsync(params IEnumerable<NpgsqlBatchCommand> statements) =>
        PostgresDatabase.DoAsync(connection, [PostgresDatabase.TurnLock(sweep, exclusive: false), .. statements], stop);

    public async Task<ImmutableArray<T>> ReadAsync<T>(NpgsqlBatchCommand statement, Func<NpgsqlDataReader, T> rowOf)
    {
        await using var batch = BatchOf(statement);
        await using var rows = await ReadAsync(batch).ConfigureAwait(false);
        return await PostgresDatabase.RestAsync(rows, rowOf, stop).ConfigureAwait(false);
    }

    public async Task<(ImmutableArray<T1> First, ImmutableArray<T2> Second)> ReadAsync<T1, T2>(
        NpgsqlBatchCommand first, Func<NpgsqlDataReader, T1> firstOf, NpgsqlBatchCommand second, Func<NpgsqlDataReader, T2> secondOf)
    {
        await using var batch = BatchOf(first, second);
        await using var rows = await ReadAsync(batch).ConfigureAwait(false);
        var read = await PostgresDatabase.RestAsync(rows, firstOf, stop).ConfigureAwait(false);
        await rows.NextResultAsync(stop).ConfigureAwait(false);
        return (read, await PostgresDatabase.RestAsync(rows, secondOf, stop).ConfigureAwait(false));
    }

    private NpgsqlBatch BatchOf(params ReadOnlySpan<NpgsqlBatchCommand> statements)
    {
        NpgsqlBatch batch = new(connection) { BatchCommands = { PostgresDatabase.TurnLock(sweep, exclusive: false) } };
        foreach (var statement in statements) batch.BatchCommands.Add(statement);
        return batch;
    }

    // The answer of the turn lock says nothing, and is passed over.
    private async Task<NpgsqlDataReader> ReadAsync(NpgsqlBatch batch)
    {
        var rows = await batch.ExecuteReaderAsync(stop).ConfigureAwait(false);
        await rows.NextResultAsync(stop).ConfigureAwait(false);
        return rows;
    }
}
