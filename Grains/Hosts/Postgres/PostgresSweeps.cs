using System.Collections.Immutable;
using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>How sweeps and silos stand, as the database says.</summary>
internal sealed class PostgresSweeps(PostgresDatabase database)
{
    /// <param name="number">Of one sweep; null for all.</param>
    /// <param name="ended">Also those that have ended.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Newest first.</returns>
    public Task<ImmutableArray<ServerSweep>> ListAsync(long? number, bool ended, CancellationToken cancellation) => database.ReadAsync(
        PostgresDatabase.Statement("list", number, ended),
        row =>
        {
            int chunks = row.GetInt32(8), settled = row.GetInt32(15), leased = row.GetInt32(16), quarantined = row.GetInt32(17);
            long points = row.GetInt64(6), recentPoints = row.GetInt64(21);
            double seconds = Math.Max(row.GetDouble(23), 1), recentChunks = row.GetInt32(22);
            int left = chunks - settled - quarantined;
            var phase = PostgresWords.Phase(row.GetString(7));
            return new ServerSweep(
                row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), PostgresWords.Stage(row.GetString(5)), points,
                new(phase, chunks, settled, leased, left - leased, quarantined, row.GetInt64(18), row.GetInt64(19)), row.GetInt64(9),
                new(row.GetInt32(10), row.IsDBNull(11) ? null : row.GetInt32(11), PostgresWords.Demand(row.GetString(12))), row.GetInt32(20),
                recentPoints > 0 ? recentPoints / seconds : null,
                recentChunks > 0 && left > 0 && phase is LedgerPhase.Running ? TimeSpan.FromSeconds(Math.Min(left * seconds / recentChunks, 1e10)) : null,
                row.GetFieldValue<DateTimeOffset>(13), row.IsDBNull(14) ? null : row.GetFieldValue<DateTimeOffset>(14),
                [.. row.GetFieldValue<string[]>(24)]);
        },
        cancellation);

    public async Task<ImmutableArray<ServerSilo>> SilosAsync(CancellationToken cancellation)
    {
        var rows = await database.ReadAsync(
            PostgresDatabase.Statement("silos"),
            row => (
                Silo: new ServerSilo(
                    row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4),
                    row.GetFieldValue<DateTimeOffset>(5), []),
                Lane: row.IsDBNull(6) ? null : new ServerLane(
                    row.GetString(6), row.GetString(7), row.IsDBNull(8) ? null : row.GetString(8), row.IsDBNull(9) ? null : row.GetDouble(9))),
            cancellation).ConfigureAwait(false);
        return
        [
            .. rows.GroupBy(row => row.Silo.Name).Select(group => group.First().Silo with
            {
                Lanes = [.. group.Select(row => row.Lane).OfType<ServerLane>()],
            }),
        ];
    }
}
