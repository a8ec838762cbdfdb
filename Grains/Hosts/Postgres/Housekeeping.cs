using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>What has to be done now and then by somebody: lost silos, leases that ran out, sweeps that ended, rows of long ago.</summary>
internal sealed class Housekeeping(PostgresDatabase database, PostgresTiming timing, LedgerPolicy policy)
{
    private const string Role = "housekeeping";

    // Settled rows become counts a few thousand at a time, so that no turn waits for long.
    private const int PrunedAtOnce = 5000;

    /// <summary>Does it, if the silo holds the term or can take it.</summary>
    public async Task RunAsync(string silo, CancellationToken cancellation)
    {
        var (epoch, kept) = await database.BrieflyAsync(
            (connection, stop) => Terms.TakeAsync(connection, Role, silo, timing.Term, stop), cancellation).ConfigureAwait(false);
        if (epoch is null) return;
        // When nobody kept house, the database may have been away: silos first get the time to be heard of again. Where one of them died
        // that kept house until a moment ago, half of that time does, and its own chunks do not wait much longer than those of others.
        if (kept >= timing.LostAfter) await VoidAsync(cancellation).ConfigureAwait(false);
        foreach (long sweep in await NumbersAsync("ending", cancellation).ConfigureAwait(false))
            await new SweepControl(database, sweep).UpdatePhaseAsync(cancellation).ConfigureAwait(false);
        while ((await NumbersAsync("prune", cancellation, PrunedAtOnce).ConfigureAwait(false)).Sum() >= PrunedAtOnce)
        {
            // A busy cluster settles more between two rounds.
        }
    }

    private async Task VoidAsync(CancellationToken cancellation)
    {
        await database.DoAsync([PostgresDatabase.Statement("lose-silos")], cancellation).ConfigureAwait(false);
        foreach (long sweep in await NumbersAsync("void", cancellation, policy.MaximumDeathsAlone).ConfigureAwait(false))
        {
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
