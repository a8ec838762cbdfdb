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
    private readonly Action? quarantined;
    private Func<int, int> pointsOf;
    private int generation;
    private ChunkSet? held;

    internal PostgresSweepGrain(PostgresDatabase database, long sweep, int generation, Func<int, int> pointsOf, LedgerPolicy policy,
        Action? quarantined = null)
    {
        this.quarantined = quarantined;
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
        object[] columns =
        [
            .. Columns([.. completions.Select(each => each.Lease)]),
            completions.Select(each => each.PointsDone).ToArray(), completions.Select(each => each.PointsFailed).ToArray(),
        ];
        var answers = await ReadTurnAsync(
            () => PostgresDatabase.Statement("complete", [sweep, .. columns]),
            rows => (Refusal: RefusalOf(rows), MayEnd: rows.GetBoolean(1)),
            cancellation).ConfigureAwait(false);
        if (completions.Any(each => each.PointsFailed > 0) || answers.Any(answer => answer.MayEnd))
            await control.UpdatePhaseAsync(cancellation).ConfigureAwait(false);
        return [.. answers.Select(answer => answer.Refusal)];
    }

    /// <inheritdoc/>
    public async Task<Refusal?> FailAsync(LeaseId lease, string cause, bool workerDied = false, CancellationToken cancellation = default)
    {
        var answers = await ReadTurnAsync(
            () => PostgresDatabase.Statement(
                "fail", sweep, lease.Chunk, lease.Epoch, lease.Token, PostgresWords.Kept(cause), workerDied, policy.MaximumFailures,
                policy.MaximumDeathsAlone, policy.MaximumDeaths),
            rows => (Refusal: RefusalOf(rows), IsQuarantined: rows.GetBoolean(1)),
            cancellation).ConfigureAwait(false);
        if (answers is not [var answer]) return Refusal.UnknownLease;
        if (answer.IsQuarantined)
        {
            quarantined?.Invoke();
            await control.UpdatePhaseAsync(cancellation).ConfigureAwait(false);
        }
        return answer.Refusal;
    }

    /// <inheritdoc/>
    public Task<Refusal?> PauseAsync(CancellationToken cancellation = default) => control.ApplyAsync(new LedgerEvent.Pause(), cancellation);

    /// <inheritdoc/>
    public Task<Refusal?> ResumeAsync(long? failureBudget = null, CancellationToken cancellation = default) =>
        control.ApplyAsync(new LedgerEvent.Resume(failureBudget), cancellation);

    /// <inheritdoc/>
    public Task<Refusal?> CancelAsync(CancellationToken cancellation = default) =>
        control.ApplyAsync(new LedgerEvent.Cancel(), cancellation);

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
        await control.UpdatePhaseAsync(cancellation).ConfigureAwait(false);
        var read = await ReadAsync(
            () => PostgresDatabase.Statement("progress", sweep),
            rows =>
            {
                int chunks = rows.GetInt32(1), settled = (int)rows.GetInt64(3), leased = (int)rows.GetInt64(4), quarantined = (int)rows.GetInt64(5);
                return new LedgerProgress(
                    PostgresWords.Phase(rows.GetString(0)), chunks, settled, leased, chunks - settled - leased - quarantined, quarantined,
                    rows.GetInt64(6), rows.GetInt64(7));
            },
            cancellation).ConfigureAwait(false);
        return read is [var progress] ? progress : throw new ServerException($"{database.Address} has no sweep {sweep} any more");
    }

    private static object[] Columns(ImmutableArray<LeaseId> leases) =>
        [leases.Select(lease => lease.Chunk).ToArray(), leases.Select(lease => lease.Epoch).ToArray(), leases.Select(lease => lease.Token).ToArray()];

    private static ClaimAnswer Answer(List<Lease> granted, GrantWindow window) =>
        granted.Count > 0 ? new([.. granted.OrderBy(lease => lease.Id.Chunk)], null) : new([], window.Refusal);

    private static Refusal? RefusalOf(NpgsqlDataReader rows) => PostgresWords.Refusal(rows.IsDBNull(0) ? null : rows.GetString(0));

    private Task<ImmutableArray<Refusal?>> AskAsync(ImmutableArray<LeaseId> leases, Func<NpgsqlBatchCommand> statement, CancellationToken cancellation) =>
        leases.IsEmpty ? Task.FromResult(ImmutableArray<Refusal?>.Empty) : ReadTurnAsync(statement, RefusalOf, cancellation);

    private Task<ImmutableArray<T>> ReadTurnAsync<T>(
        Func<NpgsqlBatchCommand> statement, Func<NpgsqlDataReader, T> rowOf, CancellationToken cancellation) =>
        database.UntilHeardAsync(
            (connection, _, stop) => new SharedTurn(connection, sweep, stop).ReadAsync(statement(), rowOf), cancellation);

    private Task<ImmutableArray<T>> ReadAsync<T>(
        Func<NpgsqlBatchCommand> statement, Func<NpgsqlDataReader, T> rowOf, CancellationToken cancellation) =>
        database.UntilHeardAsync((connection, _, stop) => PostgresDatabase.ReadAsync(connection, statement(), rowOf, stop), cancellation);

    /// <returns>The grants, and whether a chunk that runs alone ended them.</returns>
    private async Task<(List<Lease> Leases, bool Cut, GrantWindow? Window)> ClaimOnceAsync(
        NpgsqlConnection connection, string worker, int most, Guid token, int known, int attempt, CancellationToken stop)
    {
        (Lease Lease, bool Cut) GrantOf(NpgsqlDataReader rows) => (
            new(
                new LeaseId(rows.GetInt32(0), rows.GetInt64(1), token), worker, rows.GetFieldValue<DateTimeOffset>(2),
                new ChunkHistory(rows.GetInt16(3), rows.GetInt16(4), rows.GetInt16(5)), rows.GetBoolean(6)),
            rows.GetBoolean(7));

        // The answer to an earlier attempt may have been lost after its grant.
        var earlier = attempt == 0
            ? []
            : await PostgresDatabase.ReadAsync(connection, PostgresDatabase.Statement("claimed", sweep, token), GrantOf, stop)
                .ConfigureAwait(false);
        if (attempt > 0) most = Math.Max(0, most + known - earlier.Length);
        var (granted, window) = await new SharedTurn(connection, sweep, stop).ReadAsync(
            PostgresDatabase.Statement("claim", sweep, generation, most, token, worker, (short)policy.DeathsUntilAlone, leaseDuration),
            GrantOf,
            PostgresDatabase.Statement("window", sweep),
            rows => new GrantWindow(
                PostgresWords.Phase(rows.GetString(0)), PostgresWords.Stage(rows.GetString(1)), rows.GetInt32(2) == generation,
                rows.GetInt32(3), rows.GetInt32(4))).ConfigureAwait(false);
        var all = earlier.AddRange(granted);
        return ([.. all.Select(grant => grant.Lease)], all.Any(grant => grant.Cut), window is [var seen] ? seen : null);
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
        if (held is null)
        {
            var read = await ReadAsync(
                () => PostgresDatabase.Statement("held", sweep, generation),
                rows => PlanWindow.SetOf(rows.GetFieldValue<NpgsqlRange<int>[]>(0)),
                cancellation).ConfigureAwait(false);
            if (read is not [var ended]) return false;
            held = ended;
        }
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
                NpgsqlBatchCommand[] statements = wait ? [PostgresDatabase.Lock(key, exclusive: true), refill] : [refill];
                return await new SharedTurn(connection, sweep, stop).DoAsync(statements).ConfigureAwait(false);
            },
            cancellation).ConfigureAwait(false);
        return numbers.Count > 0;
    }
}
