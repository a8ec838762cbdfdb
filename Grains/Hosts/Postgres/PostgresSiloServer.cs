using System.Collections.Concurrent;
using System.Security.Cryptography;
using Npgsql;
using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>What a silo asks of its cluster, straight from its database.</summary>
public sealed class PostgresSiloServer : ISiloServer
{
    private static readonly TimeSpan JobPause = TimeSpan.FromSeconds(30);

    // Settled rows become counts a few thousand at a time, so that no turn waits for long.
    private const int PrunedAtOnce = 5000;

    private readonly PostgresDatabase database;
    private readonly PostgresNews news;
    private readonly PostgresTiming timing;
    private readonly LedgerPolicy policy;
    private readonly ConcurrentDictionary<long, byte> noted = new();

    private PostgresSiloServer(PostgresDatabase database, string silo, PostgresTiming timing, TimeProvider time)
    {
        (this.database, Silo, this.timing) = (database, silo, timing);
        news = new(database, time);
        policy = new LedgerPolicy { LeaseDuration = timing.Lease };
    }

    /// <inheritdoc/>
    public string Silo { get; private set; }

    /// <summary>Connects; nothing is announced yet.</summary>
    /// <param name="address">The database.</param>
    /// <param name="host">Name of this machine.</param>
    /// <param name="timing">How long silence may last.</param>
    /// <param name="time">For pauses alone.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ServerException">The database cannot be had, or its schema is not of this software.</exception>
    public static async Task<PostgresSiloServer> OpenAsync(
        PostgresAddress address, string host, PostgresTiming timing, TimeProvider time, CancellationToken cancellation)
    {
        PostgresDatabase database = new(address, time);
        try
        {
            await PostgresMigrations.CheckAsync(database, cancellation).ConfigureAwait(false);
            return new(database, NameOf(host), timing, time);
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task RegisterAsync(SiloDescription description, CancellationToken cancellation)
    {
        Silo = NameOf(description.Host);
        noted.Clear();
        await DoAsync(
            [
                PostgresDatabase.Statement(
                    "register-silo", Silo, description.SoftwareVersion, description.CutVersion, description.Data, timing.LostAfter),
                .. description.Lanes.Select((lane, number) => PostgresDatabase.Statement(
                    "register-lane", WorkerOf(number), Silo, number, lane.Device, lane.IsAccelerator, lane.IsProcessor)),
            ],
            cancellation).ConfigureAwait(false);
    }

    /// <summary>The key by which a lane claims.</summary>
    public string WorkerOf(int lane) => FormattableString.Invariant($"{Silo}/{lane}");

    /// <inheritdoc/>
    public async Task<bool> BeatAsync(bool draining, CancellationToken cancellation) =>
        await DoAsync([PostgresDatabase.Statement("beat", Silo, draining ? "draining" : "working")], cancellation).ConfigureAwait(false) == 1;

    /// <inheritdoc/>
    public Task<SweepRecord?> ChooseAsync(int lane, CancellationToken cancellation)
    {
        string worker = WorkerOf(lane);
        return database.BrieflyAsync(
            async (connection, stop) =>
            {
                var (chosen, same) = await ChooseAsync(connection, worker, stop).ConfigureAwait(false);
                if (same) return chosen;
                // A lane that moves does so alone, so that two do not make room for one another.
                var transaction = await connection.BeginTransactionAsync(stop).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    await DoAsync(connection, [PostgresDatabase.Lock(PostgresDatabase.ChoosingLock, exclusive: true)], stop).ConfigureAwait(false);
                    (chosen, _) = await ChooseAsync(connection, worker, stop).ConfigureAwait(false);
                    await DoAsync(connection, [PostgresDatabase.Statement("assign", worker, Nullable(chosen?.Number))], stop).ConfigureAwait(false);
                    await transaction.CommitAsync(stop).ConfigureAwait(false);
                }
                return chosen;
            },
            cancellation);
    }

    /// <inheritdoc/>
    public ISweepGrain GrainOf(SweepRecord sweep, Func<int, int> pointsOf) =>
        new PostgresSweepGrain(database, sweep.Number, sweep.Generation, pointsOf, policy);

    /// <inheritdoc/>
    public Task RefuseAsync(SweepRecord sweep, string reason, CancellationToken cancellation) => NoteAsync(sweep.Number, true, reason, cancellation);

    /// <inheritdoc/>
    public Task<DatasetJob?> TakeDatasetJobAsync(CancellationToken cancellation) => database.BrieflyAsync(
        async (connection, stop) =>
        {
            if (await FindJobAsync(connection, stop).ConfigureAwait(false) is not { } found) return null;
            var (epoch, _) = await TakeTermAsync(connection, new DatasetTerm(found.Number, Silo, 0).Role, stop).ConfigureAwait(false);
            if (epoch is not { } mine) return null;
            // Somebody may have done it between the look and the term.
            if (await FindJobAsync(connection, stop, evenTaken: found.Number).ConfigureAwait(false) is { } still)
                return await JobOfAsync(connection, still, mine, stop).ConfigureAwait(false);
            DatasetTerm term = new(found.Number, Silo, mine);
            await DoAsync(connection, [PostgresDatabase.Statement("end-term", term.Role, term.Silo, term.Epoch)], stop).ConfigureAwait(false);
            return null;
        },
        cancellation);

    /// <inheritdoc/>
    public async Task<bool> RenewDatasetJobAsync(DatasetJob job, CancellationToken cancellation)
    {
        var term = TermOf(job);
        return await DoAsync([PostgresDatabase.Statement("renew-term", term.Role, term.Silo, term.Epoch, timing.Term)], cancellation).ConfigureAwait(false) == 1;
    }

    /// <inheritdoc/>
    public async Task<bool> EndDatasetJobAsync(DatasetJob job, LedgerHoldings? holdings, CancellationToken cancellation)
    {
        SweepControl control = new(database, job.Sweep.Number);
        bool done = job switch
        {
            DatasetJob.Prepare => await control.PreparedAsync(
                job.Sweep.Generation, PlanWindow.Of(job.Sweep.Chunks, holdings!, _ => 1), TermOf(job), cancellation).ConfigureAwait(false),
            DatasetJob.Extend extend => await control.ExtendAsync(
                job.Sweep.Generation, PlanWindow.Of(extend.Next.Chunks, holdings!, _ => 1), cancellation, TermOf(job)).ConfigureAwait(false) is null,
            _ => await control.FinishedAsync(job.Sweep.Generation, TermOf(job), cancellation).ConfigureAwait(false),
        };
        if (done && noted.TryRemove(job.Sweep.Number, out _))
            await DoAsync([PostgresDatabase.Statement("forget-note", job.Sweep.Number, Silo)], cancellation).ConfigureAwait(false);
        return done;
    }

    /// <inheritdoc/>
    public async Task FailDatasetJobAsync(DatasetJob job, string reason, CancellationToken cancellation)
    {
        var term = TermOf(job);
        await DoAsync(
            [
                PostgresDatabase.Statement("end-term", term.Role, term.Silo, term.Epoch),
                PostgresDatabase.Statement("postpone-job", job.Sweep.Number, JobPause),
            ],
            cancellation).ConfigureAwait(false);
        noted[job.Sweep.Number] = 0;
        await NoteAsync(job.Sweep.Number, false, reason, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task HousekeepAsync(CancellationToken cancellation)
    {
        var (epoch, held) = await database.BrieflyAsync((connection, stop) => TakeTermAsync(connection, "housekeeping", stop), cancellation).ConfigureAwait(false);
        if (epoch is null) return;
        // When nobody kept house, the database may have been away: silos first get the time to be heard of again.
        if (held >= timing.LostAfter)
        {
            await DoAsync([PostgresDatabase.Statement("lose-silos")], cancellation).ConfigureAwait(false);
            foreach (long sweep in await NumbersAsync("void", cancellation, policy.MaximumDeathsAlone).ConfigureAwait(false))
                await TellAsync(sweep, cancellation).ConfigureAwait(false);
            await DoAsync([PostgresDatabase.Statement("forget-silos")], cancellation).ConfigureAwait(false);
        }
        foreach (long sweep in await NumbersAsync("ending", cancellation).ConfigureAwait(false))
            await new SweepControl(database, sweep).UpdatePhaseAsync(cancellation).ConfigureAwait(false);
        await DoAsync([PostgresDatabase.Statement("prune", PrunedAtOnce)], cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task WaitForNewsAsync(TimeSpan longest, CancellationToken cancellation) => news.WaitAsync(longest, cancellation);

    /// <inheritdoc/>
    public Task LeaveAsync(CancellationToken cancellation) =>
        DoAsync([PostgresDatabase.Statement("leave", Silo), PostgresDatabase.Statement("forget-silo", Silo)], cancellation);

    public async ValueTask DisposeAsync()
    {
        await news.DisposeAsync().ConfigureAwait(false);
        await database.DisposeAsync().ConfigureAwait(false);
    }

    private static string NameOf(string host) =>
        $"{(host.Length <= 100 ? host : host[..100])}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";

    private static object Nullable(long? value) => value is { } known ? known : DBNull.Value;

    private static async Task<(SweepRecord? Chosen, bool Same)> ChooseAsync(NpgsqlConnection connection, string worker, CancellationToken stop)
    {
        await using NpgsqlBatch batch = new(connection) { BatchCommands = { PostgresDatabase.Statement("choose", worker) } };
        await using var rows = await batch.ExecuteReaderAsync(stop).ConfigureAwait(false);
        return await rows.ReadAsync(stop).ConfigureAwait(false) ? (RecordOf(rows), !rows.IsDBNull(9) && rows.GetBoolean(9)) : (null, false);
    }

    private static SweepRecord RecordOf(NpgsqlDataReader rows) => new(
        rows.GetInt64(0), rows.GetString(1), rows.GetGuid(2), rows.GetInt32(3), rows.GetString(4), rows.GetString(5), rows.GetInt32(6), rows.GetInt32(7),
        rows.GetString(8));

    private static async Task<int> DoAsync(NpgsqlConnection connection, IEnumerable<NpgsqlBatchCommand> statements, CancellationToken stop)
    {
        await using NpgsqlBatch batch = new(connection);
        foreach (var statement in statements) batch.BatchCommands.Add(statement);
        return await batch.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
    }

    private DatasetTerm TermOf(DatasetJob job) => new(job.Sweep.Number, Silo, job.Epoch);

    private async Task<FoundJob?> FindJobAsync(NpgsqlConnection connection, CancellationToken stop, long? evenTaken = null)
    {
        await using NpgsqlBatch batch = new(connection) { BatchCommands = { PostgresDatabase.Statement("find-job", Silo, Nullable(evenTaken)) } };
        await using var rows = await batch.ExecuteReaderAsync(stop).ConfigureAwait(false);
        if (!await rows.ReadAsync(stop).ConfigureAwait(false)) return null;
        var sweep = RecordOf(rows);
        var stage = PostgresWords.Stage(rows.GetString(9));
        var next = stage is DatasetStage.Extending
            ? sweep with { Generation = sweep.Generation + 1, SpecJson = rows.GetString(10), SpecHash = rows.GetString(11), Chunks = rows.GetInt32(12) }
            : null;
        return new(sweep.Number, sweep, stage, next, rows.GetInt64(13));
    }

    private static async Task<DatasetJob> JobOfAsync(NpgsqlConnection connection, FoundJob found, long epoch, CancellationToken stop)
    {
        if (found.Next is { } next) return new DatasetJob.Extend(found.Sweep, next, epoch);
        if (found.Stage is DatasetStage.Absent) return new DatasetJob.Prepare(found.Sweep, epoch);
        List<QuarantinedChunk> quarantined = [];
        await using NpgsqlBatch batch = new(connection) { BatchCommands = { PostgresDatabase.Statement("quarantined", found.Number) } };
        await using var rows = await batch.ExecuteReaderAsync(stop).ConfigureAwait(false);
        while (await rows.ReadAsync(stop).ConfigureAwait(false)) quarantined.Add(new(rows.GetInt32(0), rows.GetString(1)));
        return new DatasetJob.Finish(found.Sweep, [.. quarantined], found.PointsDone, epoch);
    }

    private async Task<(long? Epoch, TimeSpan Held)> TakeTermAsync(NpgsqlConnection connection, string role, CancellationToken stop)
    {
        await using NpgsqlBatch batch = new(connection) { BatchCommands = { PostgresDatabase.Statement("take-term", role, Silo, timing.Term) } };
        await using var rows = await batch.ExecuteReaderAsync(stop).ConfigureAwait(false);
        return await rows.ReadAsync(stop).ConfigureAwait(false) ? (rows.GetInt64(0), rows.GetTimeSpan(1)) : (null, default);
    }

    private Task<int> NoteAsync(long sweep, bool isRefusal, string sentence, CancellationToken cancellation) =>
        DoAsync([PostgresDatabase.Statement("note", sweep, Silo, isRefusal, StoredText.Of(sentence))], cancellation);

    private Task<List<long>> NumbersAsync(string statement, CancellationToken cancellation, params object?[] values) => database.BrieflyAsync(
        async (connection, stop) =>
        {
            List<long> numbers = [];
            await using NpgsqlBatch batch = new(connection) { BatchCommands = { PostgresDatabase.Statement(statement, values) } };
            await using var rows = await batch.ExecuteReaderAsync(stop).ConfigureAwait(false);
            while (await rows.ReadAsync(stop).ConfigureAwait(false)) numbers.Add(rows.GetInt64(0));
            return numbers;
        },
        cancellation);

    private Task<int> TellAsync(long sweep, CancellationToken cancellation) => database.BrieflyAsync(
        async (connection, stop) =>
        {
            await PostgresNews.TellAsync(connection, sweep, stop).ConfigureAwait(false);
            return 0;
        },
        cancellation);

    private Task<int> DoAsync(IReadOnlyList<NpgsqlBatchCommand> statements, CancellationToken cancellation) => database.BrieflyAsync(
        (connection, stop) => DoAsync(connection, statements.Select(PostgresDatabase.Again), stop), cancellation);

    private sealed record FoundJob(long Number, SweepRecord Sweep, DatasetStage Stage, SweepRecord? Next, long PointsDone);
}
