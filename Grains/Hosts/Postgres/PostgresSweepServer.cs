using System.Collections.Immutable;
using System.Globalization;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>What users ask of a cluster, straight from its database.</summary>
public sealed class PostgresSweepServer : ISweepServer
{
    private readonly PostgresDatabase database;
    private readonly PostgresNews news;

    private PostgresSweepServer(PostgresDatabase database, TimeProvider time) => (this.database, news) = (database, new(database, time));

    /// <inheritdoc/>
    public string Address => database.Address.ToString();

    /// <exception cref="ServerException">The database cannot be had, or its schema is not of this software.</exception>
    public static async Task<PostgresSweepServer> OpenAsync(PostgresAddress address, TimeProvider time, CancellationToken cancellation)
    {
        PostgresDatabase database = new(address, time);
        try
        {
            await PostgresMigrations.CheckAsync(database, cancellation).ConfigureAwait(false);
            return new(database, time);
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<string> SubmitAsync(SweepSpec spec, SweepDemands demands, Guid submission, CancellationToken cancellation)
    {
        ChunkPlan plan = new(new PointGrid(spec));
        var (_, folder, _) = await InsertAsync(
            new(spec.Name, spec.ToJson(), spec.Hash, plan.PointCount, plan.ChunkCount, FailureBudget.Of(plan.PointCount)), demands, submission, cancellation)
            .ConfigureAwait(false);
        return folder;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<ServerSweep>> ListAsync(bool ended, CancellationToken cancellation) => ListAsync(null, ended, cancellation);

    /// <inheritdoc/>
    public async Task<ServerSweep?> FindAsync(string id, CancellationToken cancellation) =>
        NumberOf(id) is { } number && (await ListAsync(number, true, cancellation).ConfigureAwait(false)) is [var sweep] && Means(id, sweep.Id) ? sweep : null;

    /// <inheritdoc/>
    public async Task<ImmutableArray<ChunkEvidence>> EvidenceAsync(string id, int most, CancellationToken cancellation)
    {
        if (await FindNumberAsync(id, cancellation).ConfigureAwait(false) is not { } number) return [];
        return await database.ReadAsync(
            PostgresDatabase.Statement("evidence", number, most),
            rows => new ChunkEvidence(rows.GetInt32(0), rows.GetString(1), rows.GetFieldValue<DateTimeOffset>(2), rows.GetString(3), rows.GetString(4)),
            cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<ServerSilo>> SilosAsync(CancellationToken cancellation)
    {
        var rows = await database.ReadAsync(
            PostgresDatabase.Statement("silos"),
            row => (
                Silo: new ServerSilo(
                    row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4),
                    row.GetFieldValue<DateTimeOffset>(5), []),
                Lane: row.IsDBNull(6) ? null : new ServerLane(row.GetString(6), row.GetString(7), row.IsDBNull(8) ? null : row.GetString(8))),
            cancellation).ConfigureAwait(false);
        return
        [
            .. rows.GroupBy(row => row.Silo.Name).Select(group => group.First().Silo with
            {
                Lanes = [.. group.Select(row => row.Lane).OfType<ServerLane>()],
            }),
        ];
    }

    /// <inheritdoc/>
    public Task<ServerAnswer> PauseAsync(string id, CancellationToken cancellation) =>
        AskAsync(id, control => control.ApplyAsync(new LedgerEvent.Pause(), cancellation), cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer> ResumeAsync(string id, long? failureBudget, CancellationToken cancellation) =>
        AskAsync(id, control => control.ApplyAsync(new LedgerEvent.Resume(failureBudget), cancellation), cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer> CancelAsync(string id, CancellationToken cancellation) =>
        AskAsync(id, control => control.ApplyAsync(new LedgerEvent.Cancel(), cancellation), cancellation);

    /// <inheritdoc/>
    public Task<ServerAnswer> ExtendAsync(string id, string from, SweepSpec spec, CancellationToken cancellation)
    {
        ChunkPlan plan = new(new PointGrid(spec));
        return AskAsync(
            id, control => control.BeginExtensionAsync(from, spec.ToJson(), spec.Hash, plan.PointCount, plan.ChunkCount, cancellation), cancellation);
    }

    /// <inheritdoc/>
    public Task WaitForChangeAsync(string id, TimeSpan longest, CancellationToken cancellation) => news.WaitAsync(longest, cancellation);

    public async ValueTask DisposeAsync()
    {
        await news.DisposeAsync().ConfigureAwait(false);
        await database.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A sweep's two rows.</summary>
    internal Task<(long Number, string Folder, Guid Mark)> InsertAsync(
        NewSweep sweep, SweepDemands demands, Guid submission, CancellationToken cancellation) => database.BrieflyAsync(
        async (connection, stop) =>
        {
            var made = await PostgresDatabase.ReadAsync(
                connection,
                PostgresDatabase.Statement(
                    "submit", submission, sweep.Name, sweep.SpecJson, sweep.SpecHash, sweep.Points, sweep.Chunks, ChunkPlan.Version,
                    DatasetMetadata.SoftwareVersion, sweep.FailureBudget, demands.Priority, demands.MaximumLanes,
                    PostgresWords.Of(demands.Device)),
                rows => (Number: rows.GetInt64(0), Folder: rows.GetString(1), Mark: rows.GetGuid(2)),
                stop).ConfigureAwait(false);
            await PostgresNews.TellAsync(connection, made[0].Number, stop).ConfigureAwait(false);
            return made[0];
        },
        cancellation);

    // drift-17, or 17.
    private static long? NumberOf(string id) =>
        long.TryParse(id.AsSpan(id.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static bool Means(string id, string folder) => id == folder || !id.Contains('-', StringComparison.Ordinal);

    private async Task<long?> FindNumberAsync(string id, CancellationToken cancellation)
    {
        if (NumberOf(id) is not { } number) return null;
        var folders = await database.ReadAsync(PostgresDatabase.Statement("folder", number), row => row.GetString(0), cancellation)
            .ConfigureAwait(false);
        return folders is [var folder] && Means(id, folder) ? number : null;
    }

    private async Task<ServerAnswer> AskAsync(string id, Func<SweepControl, Task<Refusal?>> ask, CancellationToken cancellation)
    {
        if (await FindNumberAsync(id, cancellation).ConfigureAwait(false) is not { } number) return new ServerAnswer.Unknown();
        return await ask(new SweepControl(database, number)).ConfigureAwait(false) is { } refusal ? new ServerAnswer.Refused(refusal) : new ServerAnswer.Done();
    }

    private Task<ImmutableArray<ServerSweep>> ListAsync(long? number, bool ended, CancellationToken cancellation) => database.ReadAsync(
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
}
