using System.Collections.Immutable;
using System.Security.Cryptography;
using Npgsql;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>
/// Connections to a database, and what becomes of a call when they fail. Statements run as they come in one round trip and one transaction; a
/// turn of a sweep takes its turn lock first: shared by its workers, exclusive for its user. Locks are taken in the order turn lock, term,
/// sweep, window, chunks by number.
/// </summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    // The first half of all keys of advisory locks, so that nobody else's collide by chance.
    private const long LockSpace = 0x53574545_00000000, RefillSpace = 0x53574546_00000000;

    // Statements find their rows by keys, whatever the values: planning each of them anew would cost as much as running it.
    private const string OnePlan = "set plan_cache_mode = force_generic_plan";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource source;
    private readonly TimeProvider time;
    private readonly DatabaseMetrics? metrics;

    /// <param name="address">Where it is.</param>
    /// <param name="time">For pauses.</param>
    /// <param name="metrics">Hear of each attempt; null where nobody wants to know.</param>
    public PostgresDatabase(PostgresAddress address, TimeProvider time, DatabaseMetrics? metrics = null)
    {
        (Address, this.time, this.metrics) = (address, time, metrics);
        metrics?.Begin();
        NpgsqlDataSourceBuilder builder = new(address.ConnectionString().ConnectionString);
        builder.UsePhysicalConnectionInitializer(Prepare, PrepareAsync);
        source = builder.Build();
    }

    public PostgresAddress Address { get; }

    /// <summary>The lock by which lanes choose one after the other.</summary>
    public static long ChoosingLock => LockSpace - 1;

    /// <summary>The lock of those who change the schema.</summary>
    public static long MigrationLock => LockSpace - 2;

    public static NpgsqlBatchCommand Statement(string name, params object?[] values)
    {
        NpgsqlBatchCommand command = new(SqlText.Of(name));
        foreach (object? value in values)
            command.Parameters.Add(value is NpgsqlParameter typed ? typed : new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    // For another attempt: a statement belongs to one batch.
    private static NpgsqlBatchCommand Again(NpgsqlBatchCommand statement)
    {
        NpgsqlBatchCommand copy = new(statement.CommandText);
        foreach (NpgsqlParameter parameter in statement.Parameters) copy.Parameters.Add(parameter.Clone());
        return copy;
    }

    /// <summary>The turn lock of a sweep; the first statement of its turns.</summary>
    public static NpgsqlBatchCommand TurnLock(long sweep, bool exclusive) => Lock(LockSpace + sweep, exclusive);

    /// <summary>Key of the lock by which chunks of a sweep are made to wait.</summary>
    public static long RefillLock(long sweep) => RefillSpace + sweep;

    public static NpgsqlBatchCommand Lock(long key, bool exclusive)
    {
        NpgsqlBatchCommand command = new(exclusive ? "select pg_advisory_xact_lock($1)" : "select pg_advisory_xact_lock_shared($1)");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = key });
        return command;
    }

    /// <summary>Repeats a call that broke for reasons that pass, until it succeeds or is cancelled.</summary>
    /// <param name="call">Harmless twice: an answer may have been lost after the work was done. Hears which attempt it is, from 0.</param>
    /// <param name="cancellation">Ends the attempts.</param>
    /// <exception cref="ServerException">The database refuses for reasons that do not pass.</exception>
    public Task<T> UntilHeardAsync<T>(Func<NpgsqlConnection, int, CancellationToken, Task<T>> call, CancellationToken cancellation) =>
        RunAsync(call, int.MaxValue, cancellation);

    /// <summary>Tries a call a few times within a second or two.</summary>
    /// <exception cref="ServerException">The database cannot be had, or refuses.</exception>
    public Task<T> BrieflyAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> call, CancellationToken cancellation) =>
        RunAsync((connection, _, token) => call(connection, token), attempts: 4, cancellation);

    /// <summary>Statements without answers, in one transaction.</summary>
    /// <returns>Rows that were changed.</returns>
    public static async Task<int> DoAsync(NpgsqlConnection connection, IEnumerable<NpgsqlBatchCommand> statements, CancellationToken stop)
    {
        await using NpgsqlBatch batch = new(connection);
        foreach (var statement in statements) batch.BatchCommands.Add(statement);
        return await batch.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
    }

    /// <inheritdoc cref="DoAsync(NpgsqlConnection, IEnumerable{NpgsqlBatchCommand}, CancellationToken)"/>
    public Task<int> DoAsync(IReadOnlyList<NpgsqlBatchCommand> statements, CancellationToken cancellation) =>
        BrieflyAsync((connection, stop) => DoAsync(connection, statements.Select(Again), stop), cancellation);

    /// <summary>The rows of one statement.</summary>
    public static async Task<ImmutableArray<T>> ReadAsync<T>(
        NpgsqlConnection connection, NpgsqlBatchCommand statement, Func<NpgsqlDataReader, T> rowOf, CancellationToken stop)
    {
        await using NpgsqlBatch batch = new(connection) { BatchCommands = { statement } };
        await using var rows = await batch.ExecuteReaderAsync(stop).ConfigureAwait(false);
        return await RestAsync(rows, rowOf, stop).ConfigureAwait(false);
    }

    /// <summary>The rows of the present answer.</summary>
    public static async Task<ImmutableArray<T>> RestAsync<T>(NpgsqlDataReader rows, Func<NpgsqlDataReader, T> rowOf, CancellationToken stop)
    {
        var read = ImmutableArray.CreateBuilder<T>();
        while (await rows.ReadAsync(stop).ConfigureAwait(false)) read.Add(rowOf(rows));
        return read.ToImmutable();
    }

    /// <inheritdoc cref="ReadAsync{T}(NpgsqlConnection, NpgsqlBatchCommand, Func{NpgsqlDataReader, T}, CancellationToken)"/>
    public Task<ImmutableArray<T>> ReadAsync<T>(NpgsqlBatchCommand statement, Func<NpgsqlDataReader, T> rowOf, CancellationToken cancellation) =>
        BrieflyAsync((connection, stop) => ReadAsync(connection, Again(statement), rowOf, stop), cancellation);

    /// <summary>A connection outside the pool's ways of retrying, for listening.</summary>
    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellation) => source.OpenConnectionAsync(cancellation);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static void Prepare(NpgsqlConnection connection)
    {
        using NpgsqlCommand command = new(OnePlan, connection);
        command.ExecuteNonQuery();
    }

    private static async Task PrepareAsync(NpgsqlConnection connection)
    {
        await using NpgsqlCommand command = new(OnePlan, connection);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    private async Task<T> RunAsync<T>(Func<NpgsqlConnection, int, CancellationToken, Task<T>> call, int attempts, CancellationToken cancellation)
    {
        for (int attempt = 0; ; attempt++)
        {
            long begunAt = time.GetTimestamp();
            try
            {
                T answer;
                var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false)) answer = await call(connection, attempt, cancellation).ConfigureAwait(false);
                metrics?.Answered(time.GetElapsedTime(begunAt));
                return answer;
            }
            catch (Exception fault) when (fault is not OperationCanceledException && PostgresFaults.Of(fault, Address) is { } known)
            {
                metrics?.Failed(DatabaseErrorKinds.Of(fault), time.GetElapsedTime(begunAt));
                if (attempt + 1 >= attempts || !known.IsTransient) throw known;
            }
            await Task.Delay(PauseAfter(attempt), time, cancellation).ConfigureAwait(false);
        }
    }

    // Grows to a few seconds, each time another share of it, so that silos that lost the server together do not come back together.
    private static TimeSpan PauseAfter(int attempt)
    {
        double longest = Math.Min(LongestPause.TotalMilliseconds, FirstPause.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 20)));
        return TimeSpan.FromMilliseconds(longest * (0.5 + RandomNumberGenerator.GetInt32(500) / 1000.0));
    }
}
