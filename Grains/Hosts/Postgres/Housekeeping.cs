using Sweeps.Grains.Leases;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>What has to be done now and then by somebody: lost silos, leases that ran out, sweeps that ended, rows of long ago.</summary>
internal sealed class Housekeeping(PostgresDatabase database, PostgresTiming timing, LedgerPolicy policy, SweepsMetrics? metrics)
{
    private const string Role = "housekeeping";

    // Settled rows become counts a few thousand at a time, so that no turn waits for long.
    private const int PrunedAtOnce = 5000;

    /// <summary>Does it, if the silo holds the term or can take it.</summary>
    /// <returns>Whether it did.</returns>
    public async Task<bool> RunAsync(string silo, CancellationToken cancellation)
    {
        var (epoch, kept) = await database.BrieflyAsync(
            (connection, stop) => Terms.TakeAsync(connection, Role, silo, timing.Term, stop), cancellation).ConfigureAwait(false);
        if (epoch is null) return false;
        // When nobody kept house, the database may have been away: silos first get the time to be heard of again. Where one of them died
        // that kept house until a moment ago, half of that time does, and its own chunks do not wait much longer than those of others.
        if (kept >= timing.LostAfter) await VoidAsync(cancellation).ConfigureAwait(false);
        foreach (long sweep in await NumbersAsync("ending", cancellation).ConfigureAwait(false))
            await new SweepControl(database, sweep).UpdatePhaseAsync(cancellation).ConfigureAwait(false);
        while ((await NumbersAsync("prune", cancellation, PrunedAtOnce).ConfigureAwait(false)).Sum() >= PrunedAtOnce)
        {
            // A busy cluster settles more between two rounds.
        }
        return true;
    }

    private async Task VoidAsync(CancellationToken cancellation)
    {
        await database.DoAsync([PostgresDatabase.Statement("lose-silos")], cancellation).ConfigureAwait(false);
        var found = await database.ReadAsync(
            PostgresDatabase.Statement("void", policy.MaximumDeaths),
            rows => (Number: rows.GetInt64(0), Folder: rows.GetString(1), Expired: rows.GetInt64(2), Quarantined: rows.GetInt64(3)),
            cancellation).ConfigureAwait(false);
        foreach (var (sweep, folder, expired, quarantined) in found)
        {
            metrics?.Leases.Expired(folder, expired);
            for (long i = 0; i < quarantined; i++) metrics?.Chunks.ChunkQuarantined(folder);
            // A quarantine may have been one failure too many.
            await new SweepControl(database, sweep).UpdatePhaseAsync(cancellation).ConfigureAwait(false);
            await database.BrieflyAsync(
                async (connection, stop) =>
                {
                    await PostgresNews.TellAsync(connection, sweep, stop).ConfigureAwait(false);
                    return sweep;
                },
                cancellation).ConfigureAwait(false);
        }
        await database.DoAsync([PostgresDatabase.Statement("forget-silos")], cancellation).ConfigureAwait(false);
    }

    private async Task<IEnumerable<long>> NumbersAsync(string statement, CancellationToken cancellation, params object?[] values) =>
        await database.ReadAsync(PostgresDatabase.Statement(statement, values), rows => rows.GetInt64(0), cancellation).ConfigureAwait(false);
}
