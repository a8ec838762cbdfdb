using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>
/// A sweep grain in PostgreSQL: a turn is a transaction. Workers' turns run side by side and meet only in the rows of their chunks; the user's
/// turns are alone. Every clock is the database's. A lease that ran out is void when the housekeeping has seen it: until then its worker may
/// still renew, since nobody else can have the chunk.
/// </summary>
public sealed class PostgresSweepGrain : ISweepGrain
{
    // Chunks that are made to wait at once: some minutes of work for a silo, and some hundred rows. With fewer left than the reserve, the next
    // are made to wait before anybody misses them.
    internal const int Refill = 768, Reserve = 384;

    private readonly PostgresDatabase database;
    private readonly long sweep;
    private readonly LedgerPolicy policy;
    private readonly TimeSpan leaseDuration;
    private readonly SweepControl control;
    private Func<int, int> pointsOf;
    private int generation;
    private ChunkSet? held;

    internal PostgresSweepGrain(PostgresDatabase database, long sweep, int generation, Func<int, int> pointsOf, LedgerPolicy policy)
    {
        (this.database, this.sweep, this.generation, this.pointsOf, this.policy) = (database, sweep, generation, pointsOf, policy);
        leaseDuration = policy.LeaseDuration ?? throw new ArgumentException("leases of a cluster run out", nameof(policy));
        control = new(database, sweep);
    }

    /// <inheritdoc/>
    public TimeSpan? LeaseDuration => leaseDuration;

    /// <inheritdoc/>
    public async Task<ClaimAnswer> ClaimAsync(string worker, int maximum, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        Guid token = Guid.NewGuid();
        List<Lease> granted = [];
        while (true)
        {
            var (leases, cut, window) = await database.UntilHeardAsync(
                (connection, attempt, stop) => ClaimOnceAsync(connection, worker, maximum - granted.Count, token, granted.Count, attempt, stop), cancellation)
                .ConfigureAwait(false);
            granted = [.. granted.Concat(leases).DistinctBy(lease => lease.Id)];
            if (window is null) return new([], Refusal.UnknownLease);
            if (granted.Count >= maximum) await TopUpAsync(granted, window, cancellation).ConfigureAwait(false);
            if (granted.Count >= maximum || cut || !window.MayRefill) return Answer(granted, window);
            if (!await RefillAsync(window, Math.Max(Refill, maximum - granted.Count), true, cancellation).ConfigureAwait(false))
                return Answer(granted, window);
        }
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<Refusal?>> RenewAsync(ImmutableArray<LeaseId> leases, CancellationToken cancellation = default) =>
        AskAsync(leases, () => PostgresDatabase.Statement("renew", [sweep, .. Columns(leases), leaseDuration]), cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<Refusal?>> ReleaseAsync(ImmutableArray<LeaseId> leases, CancellationToken cancellation = default) =>
        AskAsync(leases, () => PostgresDatabase.Statement("release", [sweep, .. Columns(leases)]), cancellation);

    /// <inheritdoc/>
    public async Task<ImmutableArray<Refusal?>> CompleteAsync(ImmutableArray<Completion> completions, CancellationToken cancellation = default)
    {
        if (completions.IsEmpty) return [];
        bool mayEnd = completions.Any(each => each.PointsFailed > 0);
        object[] columns =
        [
            .. Columns([.. completions.Select(each => each.Lease)]),
            completions.Select(each => each.PointsDone).ToArray(), completions.Select(each => each.PointsFailed).ToArray(),
        ];
        var answers = await database.UntilHeardAsync(
            async (connection, _, stop) =>
            {
                var refusals = ImmutableArray.CreateBuilder<Refusal?>(completions.Length);
                await using var batch = TurnOf(connection, PostgresDatabase.Statement("complete", [sweep, .. columns]));
                await using var rows = await ReadLastAsync(batch, stop).ConfigureAwait(false);
                while (await rows.ReadAsync(stop).ConfigureAwait(false))
                {
                    refusals.Add(PostgresWords.Refusal(rows.IsDBNull(0) ? null : rows.GetString(0)));
                    mayEnd |= rows.GetBoolean(1);
                }
                return refusals.ToImmutable();
            },
            cancellation).ConfigureAwait(false);
        if (mayEnd) await UpdatePhaseAsync(cancellation).ConfigureAwait(false);
        return answers;
    }

    /// <inheritdoc/>
    public async Task<Refusal?> FailAsync(LeaseId lease, string cause, bool workerDied = false, CancellationToken cancellation = default)
    {
        var (refusal, quarantined) = await database.UntilHeardAsync(
            async (connection, _, stop) =>
            {
                await using var batch = TurnOf(connection, PostgresDatabase.Statement(
                    "fail", sweep, lease.Chunk, lease.Epoch, lease.Token, PostgresWords.Kept(cause), workerDied, policy.MaximumFailures, policy.MaximumDeathsAlone));
                await using var rows = await ReadLastAsync(batch, stop).ConfigureAwait(false);
                return await rows.ReadAsync(stop).ConfigureAwait(false)
                    ? (PostgresWords.Refusal(rows.IsDBNull(0) ? null : rows.GetString(0)), rows.GetBoolean(1))
                    : (Refusal.UnknownLease, false);
            },
            cancellation).ConfigureAwait(false);
        if (quarantined) await UpdatePhaseAsync(cancellation).ConfigureAwait(false);
        return refusal;
    }

    /// <inheritdoc/>
    public Task<Refusal?> PauseAsync(CancellationToken cancellation = default) => ControlAsync(new LedgerEvent.Pause(), cancellation);

    /// <inheritdoc/>
    public Task<Refusal?> ResumeAsync(long? failureBudget = null, CancellationToken cancellation = default) =>
        ControlAsync(new LedgerEvent.Resume(failureBudget), cancellation);

    /// <inheritdoc/>
    public Task<Refusal?> CancelAsync(CancellationToken cancellation = default) => ControlAsync(new LedgerEvent.Cancel(), cancellation);

    /// <inheritdoc/>
    /// <remarks>The grain goes on with the new generation; <c>pointsOf</c> must answer for it.</remarks>
    public async Task<Refusal?> ExtendAsync(int chunkCount, LedgerHoldings holdings, CancellationToken cancellation = default)
    {
        PlanWindow window = PlanWindow.Of(chunkCount, holdings, pointsOf);
        var refusal = await control.ExtendAsync(generation, window, cancellation).ConfigureAwait(false);
        if (refusal is null) (generation, held) = (generation + 1, null);
        return refusal;
    }

    /// <inheritdoc/>
    public async Task<LedgerProgress> ProgressAsync(CancellationToken cancellation = default)
    {
        await UpdatePhaseAsync(cancellation).ConfigureAwait(false);
        return await database.UntilHeardAsync(
            async (connection, _, stop) =>
            {
                await using NpgsqlBatch batch = new(connection) { BatchCommands = { PostgresDatabase.Statement("progress", sweep) } };
                await using var rows = await batch.ExecuteReaderAsync(stop).ConfigureAwait(false);
                if (!await rows.ReadAsync(stop).ConfigureAwait(false)) throw new ServerException($"{database.Address} has no sweep {sweep} any more");
                int chunks = rows.GetInt32(1), settled = (int)rows.GetInt64(3), leased = (int)rows.GetInt64(4), quarantined = (int)rows.GetInt64(5);
                return new LedgerProgress(
                    PostgresWords.Phase(rows.GetString(0)), chunks, settled, leased, chunks - settled - leased - quarantined, quarantined,
                    rows.GetInt64(6), rows.GetInt64(7));
            },
            cancellation).ConfigureAwait(false);
    }

    private static object[] Columns(ImmutableArray<LeaseId> leases) =>
        [leases.Select(lease => lease.Chunk).ToArray(), leases.Select(lease => lease.Epoch).ToArray(), leases.Select(lease => lease.Token).ToArray()];

    private static ClaimAnswer Answer(List<Lease> granted, GrantWindow window) =>
        granted.Count > 0 ? new([.. granted.OrderBy(lease => lease.Id.Chunk)], null) : new([], window.Refusal);

    private NpgsqlBatch TurnOf(NpgsqlConnection connection, params NpgsqlBatchCommand[] statements)
    {
        NpgsqlBatch batch = new(connection);
        batch.BatchCommands.Add(PostgresDatabase.TurnLock(sweep, exclusive: false));
        foreach (var statement in statements) batch.BatchCommands.Add(statement);
        return batch;
    }

    // The answer of the turn lock is empty, and passed over.
    private static async Task<NpgsqlDataReader> ReadLastAsync(NpgsqlBatch batch, CancellationToken stop)
    {
        var rows = await batch.ExecuteReaderAsync(stop).ConfigureAwait(false);
        await rows.NextResultAsync(stop).ConfigureAwait(false);
        return rows;
    }

    private Task<ImmutableArray<Refusal?>> AskAsync(ImmutableArray<LeaseId> leases, Func<NpgsqlBatchCommand> statement, CancellationToken cancellation) =>
        leases.IsEmpty ? Task.FromResult(ImmutableArray<Refusal?>.Empty) : database.UntilHeardAsync(
            async (connection, _, stop) =>
            {
                var refusals = ImmutableArray.CreateBuilder<Refusal?>(leases.Length);
                await using var batch = TurnOf(connection, statement());
                await using var rows = await ReadLastAsync(batch, stop).ConfigureAwait(false);
                while (await rows.ReadAsync(stop).ConfigureAwait(false)) refusals.Add(PostgresWords.Refusal(rows.IsDBNull(0) ? null : rows.GetString(0)));
                return refusals.ToImmutable();
            },
            cancellation);

    /// <returns>The grants, and whether a chunk that runs alone ended them.</returns>
    private async Task<(List<Lease> Leases, bool Cut, GrantWindow? Window)> ClaimOnceAsync(
        NpgsqlConnection connection, string worker, int most, Guid token, int known, int attempt, CancellationToken stop)
    {
        List<Lease> leases = [];
        bool cut = false;
        // The answer to an earlier attempt may have been lost after its grant.
        if (attempt > 0)
        {
            await using NpgsqlBatch earlier = new(connection) { BatchCommands = { PostgresDatabase.Statement("claimed", sweep, token) } };
            await using var found = await earlier.ExecuteReaderAsync(stop).ConfigureAwait(false);
            cut |= await ReadLeasesAsync(found, worker, token, leases, stop).ConfigureAwait(false);
            most = Math.Max(0, most + known - leases.Count);
        }
        await using var batch = TurnOf(
            connection,
            PostgresDatabase.Statement("claim", sweep, generation, most, token, worker, (short)policy.DeathsUntilAlone, leaseDuration),
            PostgresDatabase.Statement("window", sweep));
        await using var rows = await ReadLastAsync(batch, stop).ConfigureAwait(false);
        cut |= await ReadLeasesAsync(rows, worker, token, leases, stop).ConfigureAwait(false);
        await rows.NextResultAsync(stop).ConfigureAwait(false);
        GrantWindow? window = await rows.ReadAsync(stop).ConfigureAwait(false)
            ? new(PostgresWords.Phase(rows.GetString(0)), PostgresWords.Stage(rows.GetString(1)), rows.GetInt32(2) == generation, rows.GetInt32(3), rows.GetInt32(4))
            : null;
        return (leases, cut, window);
    }

    private static async Task<bool> ReadLeasesAsync(NpgsqlDataReader rows, string worker, Guid token, List<Lease> leases, CancellationToken stop)
    {
        bool cut = false;
        while (await rows.ReadAsync(stop).ConfigureAwait(false))
        {
            cut |= rows.GetBoolean(7);
            leases.Add(new(
                new LeaseId(rows.GetInt32(0), rows.GetInt64(1), token), worker, rows.GetFieldValue<DateTimeOffset>(2),
                new ChunkHistory(rows.GetInt16(3), rows.GetInt16(4), rows.GetInt16(5)), rows.GetBoolean(6)));
        }
        return cut;
    }

    // Grants go by number: what lies between the last one and the frontier is about what still waits.
    private async Task TopUpAsync(List<Lease> granted, GrantWindow window, CancellationToken cancellation)
    {
        if (!window.MayRefill || window.Frontier - granted.Max(lease => lease.Id.Chunk) > Reserve) return;
        try
        {
            await RefillAsync(window, Refill, false, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return; // what was granted is not lost for it; who finds nothing waiting lets more wait
        }
    }

    /// <summary>Lets the next chunks wait.</summary>
    /// <param name="window">As it was read.</param>
    /// <param name="count">How many.</param>
    /// <param name="wait">For somebody else who is about to; otherwise that is left to them.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False if none is left.</returns>
    private async Task<bool> RefillAsync(GrantWindow window, int count, bool wait, CancellationToken cancellation)
    {
        held ??= await ReadHeldAsync(cancellation).ConfigureAwait(false);
        if (held is null) return false;
        List<int> numbers = [];
        int next = held.FirstMissingFrom(window.Frontier);
        for (; next < window.Chunks && numbers.Count < count; next = held.FirstMissingFrom(next + 1)) numbers.Add(next);
        int[] points = [.. numbers.Select(pointsOf)];
        long key = PostgresDatabase.RefillLock(sweep);
        await database.UntilHeardAsync(
            async (connection, _, stop) =>
            {
                var refill = PostgresDatabase.Statement(
                    "refill", sweep, generation, window.Frontier, numbers.ToArray(), points, Math.Min(next, window.Chunks), key);
                await using var batch = wait ? TurnOf(connection, PostgresDatabase.Lock(key, exclusive: true), refill) : TurnOf(connection, refill);
                return await batch.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
            },
            cancellation).ConfigureAwait(false);
        return numbers.Count > 0;
    }

    private Task<ChunkSet?> ReadHeldAsync(CancellationToken cancellation) => database.UntilHeardAsync<ChunkSet?>(
        async (connection, _, stop) =>
        {
            await using NpgsqlBatch batch = new(connection) { BatchCommands = { PostgresDatabase.Statement("held", sweep, generation) } };
            await using var rows = await batch.ExecuteReaderAsync(stop).ConfigureAwait(false);
            return await rows.ReadAsync(stop).ConfigureAwait(false) ? PlanWindow.SetOf(rows.GetFieldValue<NpgsqlRange<int>[]>(0)) : null;
        },
        cancellation);

    private Task<Refusal?> ControlAsync(LedgerEvent @event, CancellationToken cancellation) => control.ApplyAsync(@event, cancellation);

    private Task UpdatePhaseAsync(CancellationToken cancellation) => control.UpdatePhaseAsync(cancellation);
}
