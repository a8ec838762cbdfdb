using System.Data;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>
/// The schema <c>sweeps</c>, by numbered steps that only ever add: software of one version works with the schema of the next, so silos need not
/// stop for it. One migrator works at a time; others wait.
/// </summary>
public static class PostgresMigrations
{
    // What others need to know is in the table itself, not in the software.
    private const string Register = """
        do $$ begin if to_regnamespace('sweeps') is null then create schema sweeps; end if; end $$;
        create table if not exists sweeps.migration (
            number integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default clock_timestamp());
        """;

    // Another migrator is worth waiting for, a table in use is not: then the next attempt comes.
    private static readonly string Waiting = $"""
        set local statement_timeout = 0;
        set local lock_timeout = 0;
        select pg_advisory_xact_lock({PostgresDatabase.MigrationLock});
        set local lock_timeout = '5s';
        """;

    /// <summary>The newest step that this software knows.</summary>
    public static int Newest { get; } = SqlText.Migrations().Max(step => step.Number);

    /// <summary>Applies what is missing, up to <paramref name="last"/>.</summary>
    /// <returns>Names of the steps that were applied.</returns>
    /// <exception cref="ServerException">The database cannot be had, is newer than the software, or had steps applied that are not ours.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(
        PostgresAddress address, TimeProvider time, CancellationToken cancellation, int last = int.MaxValue)
    {
        var database = new PostgresDatabase(address, time);
        await using (database.ConfigureAwait(false))
        {
            return await database.BrieflyAsync(
                async (connection, stop) =>
                {
                    List<string> done = [];
                    var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, stop).ConfigureAwait(false);
                    await using (transaction.ConfigureAwait(false))
                    {
                        await DoAsync(connection, Waiting, stop).ConfigureAwait(false);
                        if (await ReadAppliedAsync(connection, stop).ConfigureAwait(false) is not { } applied)
                        {
                            await DoAsync(connection, Register, stop).ConfigureAwait(false);
                            applied = [];
                        }
                        Check(applied, address);
                        foreach (var (number, name, text) in SqlText.Migrations().Where(step => !applied.ContainsKey(step.Number) && step.Number <= last))
                        {
                            await DoAsync(connection, text, stop).ConfigureAwait(false);
                            await DoAsync(
                                connection,
                                $"insert into sweeps.migration (number, name, checksum) values ({number}, '{name}', '{ChecksumOf(text)}')", stop).ConfigureAwait(false);
                            done.Add(name);
                        }
                        if (last >= Newest) await DoAsync(connection, SqlText.Of("rights"), stop).ConfigureAwait(false);
                        await transaction.CommitAsync(stop).ConfigureAwait(false);
                    }
                    return done;
                },
                cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Whether this software may work with the database's schema: all of its steps are there, unchanged; newer ones only add.</summary>
    /// <exception cref="ServerException">It may not; the message says what to do.</exception>
    internal static Task CheckAsync(PostgresDatabase database, CancellationToken cancellation) => database.BrieflyAsync(
        async (connection, stop) =>
        {
            var applied = await ReadAppliedAsync(connection, stop).ConfigureAwait(false)
                ?? throw new ServerException($"{database.Address} has no schema of Sweeps; make it with 'sweeps-silo migrate'");
            Check(applied, database.Address, newerIsFine: true);
            await CheckDurabilityAsync(connection, database.Address, stop).ConfigureAwait(false);
            return applied.Count >= Newest
                ? 0
                : throw new ServerException(
                    $"{database.Address} has schema version {applied.Count}, and this software needs {Newest}; bring it up to date with 'sweeps-silo migrate'");
        },
        cancellation);

    // A grant that a crash of the server forgets would be granted twice under one epoch.
    private static async Task CheckDurabilityAsync(NpgsqlConnection connection, PostgresAddress address, CancellationToken stop)
    {
        await using NpgsqlCommand look = new("select current_setting('synchronous_commit')", connection);
        if (await look.ExecuteScalarAsync(stop).ConfigureAwait(false) is "off")
            throw new ServerException($"{address} forgets what it has said when it crashes; set synchronous_commit to on for this database or role");
    }

    private static void Check(SortedDictionary<int, (string Name, string Checksum)> applied, PostgresAddress address, bool newerIsFine = false)
    {
        if (!newerIsFine && applied.Count > 0 && applied.Keys.Last() > Newest)
            throw new ServerException($"{address} has schema version {applied.Keys.Last()}, and this software knows {Newest}; migrate with the newer software");
        foreach (var (number, name, text) in SqlText.Migrations())
        {
            if (applied.TryGetValue(number, out var step) && step != (name, ChecksumOf(text)))
                throw new ServerException($"{address} had another migration {step.Name} applied than this software's {name}; use the software that made it");
        }
    }

    /// <summary>Null if the schema is not there.</summary>
    private static async Task<SortedDictionary<int, (string Name, string Checksum)>?> ReadAppliedAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using (NpgsqlCommand look = new("select to_regclass('sweeps.migration') is not null", connection))
            if (await look.ExecuteScalarAsync(stop).ConfigureAwait(false) is not true) return null;
        SortedDictionary<int, (string, string)> applied = [];
        await using NpgsqlCommand command = new("select number, name, checksum from sweeps.migration", connection);
        await using var rows = await command.ExecuteReaderAsync(stop).ConfigureAwait(false);
        while (await rows.ReadAsync(stop).ConfigureAwait(false)) applied.Add(rows.GetInt32(0), (rows.GetString(1), rows.GetString(2)));
        return applied;
    }

    private static async Task DoAsync(NpgsqlConnection connection, string text, CancellationToken stop)
    {
        // Steps are texts of ours, several statements each.
#pragma warning disable CA2100
        await using NpgsqlCommand command = new(text, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
    }

    private static string ChecksumOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"))))[..16];
}
