using System.Data;
using Npgsql;
using NpgsqlTypes;
using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>The turns of a sweep's user, alone with it: what becomes of its phase the pure ledger says.</summary>
internal sealed class SweepControl(PostgresDatabase database, long sweep)
{
    // Only phase and budget are asked of it here: chunks are rows.
    private static readonly SweepLedger Ledger = new(new LedgerPolicy(), _ => 1);

    /// <summary>Pause, resume or cancel.</summary>
    public Task<Refusal?> ApplyAsync(LedgerEvent @event, CancellationToken cancellation) => TurnAsync(
        async (turn, standing) =>
        {
            var (state, effects) = Ledger.Apply(standing.State, @event, DateTimeOffset.MinValue);
            if (effects.OfType<LedgerEffect.Refused>().FirstOrDefault() is { } refused) return refused.Reason;
            await turn.DoAsync("set-phase", sweep, PostgresWords.Of(state.Phase), state.FailureBudget).ConfigureAwait(false);
            if (state.Phase is LedgerPhase.Cancelled) await turn.DoAsync("revoke", sweep).ConfigureAwait(false);
            await turn.TellAsync(sweep).ConfigureAwait(false);
            return null;
        },
        cancellation);

    /// <summary>The larger grid is awaited from now on: nothing is granted before its dataset is there.</summary>
    /// <param name="from">Hash of the spec that it is to extend.</param>
    /// <param name="json">The larger spec.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="points">Points of its grid.</param>
    /// <param name="chunks">Chunks of its plan.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<Refusal?> BeginExtensionAsync(string from, string json, string hash, long points, int chunks, CancellationToken cancellation) => TurnAsync(
        async (turn, standing) =>
        {
            if (standing.State.Phase is LedgerPhase.Cancelled) return Refusal.Cancelled;
            if (standing.NextSpecHash == hash) return null; // asked again
            if (standing.Stage is DatasetStage.Absent or DatasetStage.Extending) return Refusal.Busy;
            if (standing.SpecHash == hash) return null;
            if (standing.SpecHash != from) return Refusal.PlanChanged;
            await turn.DoAsync("forget-chunks", sweep).ConfigureAwait(false);
            await turn.DoAsync("begin-extension", sweep, json, hash, points, chunks, FailureBudget.Of(points)).ConfigureAwait(false);
            await turn.TellAsync(sweep).ConfigureAwait(false);
            return null;
        },
        cancellation);

    /// <summary>The larger grid begins.</summary>
    public Task<Refusal?> ExtendAsync(int generation, PlanWindow window, CancellationToken cancellation, DatasetTerm? term = null) => TurnAsync(
        async (turn, standing) =>
        {
            if (standing.State.Phase is LedgerPhase.Cancelled) return Refusal.Cancelled;
            if (standing.Generation != generation || term is not null && !await turn.EndAsync(term).ConfigureAwait(false)) return Refusal.PlanChanged;
            LedgerPhase phase = standing.State.Phase is LedgerPhase.Paused ? LedgerPhase.Paused : LedgerPhase.Running;
            await turn.DoAsync("forget-notes", sweep).ConfigureAwait(false);
            await turn.DoAsync("end-extension", sweep, generation, window.Chunks, PostgresWords.Of(phase)).ConfigureAwait(false);
            await BeginAsync(turn, window).ConfigureAwait(false);
            return null;
        },
        cancellation);

    /// <summary>The folder is there, and this is what it holds.</summary>
    /// <returns>False if somebody else has done it.</returns>
    public async Task<bool> PreparedAsync(int generation, PlanWindow window, DatasetTerm term, CancellationToken cancellation) => await TurnAsync(
        async (turn, standing) =>
        {
            if (standing.Generation != generation || standing.Stage is not DatasetStage.Absent) return Refusal.PlanChanged;
            if (!await turn.EndAsync(term).ConfigureAwait(false)) return Refusal.StaleEpoch;
            await turn.DoAsync("set-stage", sweep, "ready", "absent").ConfigureAwait(false);
            await BeginAsync(turn, window).ConfigureAwait(false);
            return null;
        },
        cancellation).ConfigureAwait(false) is null;

    /// <summary>The parts are merged.</summary>
    /// <returns>False if somebody else has done it, or the sweep goes on with a larger grid.</returns>
    public async Task<bool> FinishedAsync(int generation, DatasetTerm term, CancellationToken cancellation) => await TurnAsync(
        async (turn, standing) =>
        {
            if (standing.Generation != generation || standing.Stage is not DatasetStage.Ready || standing.State.Phase is not LedgerPhase.Completed)
                return Refusal.PlanChanged;
            if (!await turn.EndAsync(term).ConfigureAwait(false)) return Refusal.StaleEpoch;
            await turn.DoAsync("set-stage", sweep, "finished", "ready").ConfigureAwait(false);
            await turn.TellAsync(sweep).ConfigureAwait(false);
            return null;
        },
        cancellation).ConfigureAwait(false) is null;

    /// <summary>Ends or stops the sweep if its chunks say so.</summary>
    public Task UpdatePhaseAsync(CancellationToken cancellation) => database.UntilHeardAsync(
        async (connection, _, stop) =>
        {
            SharedTurn turn = new(connection, sweep, stop);
            var changed = await turn.ReadAsync(PostgresDatabase.Statement("phase", sweep), rows => rows.GetString(0)).ConfigureAwait(false);
            if (changed is not []) await PostgresNews.TellAsync(connection, sweep, stop).ConfigureAwait(false);
            return changed;
        },
        cancellation);

    private async Task BeginAsync(ControlTurn turn, PlanWindow window)
    {
        await turn.DoAsync("forget-chunks", sweep).ConfigureAwait(false);
        NpgsqlParameter held = new() { Value = window.Held, NpgsqlDbType = NpgsqlDbType.IntegerMultirange };
        await turn.DoAsync(
            "begin-window", sweep, window.Frontier, held, window.ChunksSettled, window.PointsDone, window.PointsFailed, window.Quarantined,
            window.QuarantinedPoints).ConfigureAwait(false);
        await turn.DoAsync("phase", sweep).ConfigureAwait(false);
        await turn.TellAsync(sweep).ConfigureAwait(false);
    }

    private Task<Refusal?> TurnAsync(Func<ControlTurn, Standing, Task<Refusal?>> act, CancellationToken cancellation) => database.UntilHeardAsync(
        async (connection, _, stop) =>
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, stop).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                ControlTurn turn = new(connection, stop);
                await turn.LockAsync(sweep).ConfigureAwait(false);
                var read = await PostgresDatabase.ReadAsync(connection, PostgresDatabase.Statement("control", sweep), StandingOf, stop)
                    .ConfigureAwait(false);
                if (read is not [var standing]) return Refusal.UnknownLease;
                var refusal = await act(turn, standing).ConfigureAwait(false);
                if (refusal is null) await transaction.CommitAsync(stop).ConfigureAwait(false);
                return refusal;
            }
        },
        cancellation);

    private static Standing StandingOf(NpgsqlDataReader rows)
    {
        var state = LedgerState.Begin(rows.GetInt32(2), rows.GetInt64(3)) with
        {
            Phase = PostgresWords.Phase(rows.GetString(0)),
            PointsFailed = rows.GetInt64(7),
        };
        return new(state, PostgresWords.Stage(rows.GetString(1)), rows.GetString(5), rows.IsDBNull(8) ? null : rows.GetString(8), rows.GetInt32(6));
    }

    private sealed record Standing(LedgerState State, DatasetStage Stage, string SpecHash, string? NextSpecHash, int Generation);
}
