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

    private readonly PostgresSweeps sweeps;

    private PostgresSweepServer(PostgresDatabase database, TimeProvider time) =>
        (this.database, news, sweeps) = (database, new(database, time), new(database));

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
    public Task<ImmutableArray<ServerSweep>> ListAsync(bool ended, CancellationToken cancellation) =>
        sweeps.ListAsync(null, ended, cancellation);

    /// <inheritdoc/>
    public async Task<ServerSweep?> FindAsync(string id, CancellationToken cancellation) =>
        NumberOf(id) is { } number && (await sweeps.ListAsync(number, true, cancellation).ConfigureAwait(false)) is [var sweep]
        && Means(id, sweep.Id) ? sweep : null;

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
    public async Task<RecentChunks?> RecentChunksAsync(string id, CancellationToken cancellation)
    {
        if (await FindNumberAsync(id, cancellation).ConfigureAwait(false) is not { } number) return null;
        var rows = await database.ReadAsync(
            PostgresDatabase.Statement("recent-chunks", number, RecentChunks.Most),
            row => (
                Now: row.GetFieldValue<DateTimeOffset>(0),
                Chunk: row.IsDBNull(1) ? null : new RecentChunk(
                    row.GetInt32(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3),
                    row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4), row.IsDBNull(4) ? null : row.GetInt32(5))),
            cancellation).ConfigureAwait(false);
        return new(rows[0].Now, [.. rows.Select(row => row.Chunk).OfType<RecentChunk>()]);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<ServerSilo>> SilosAsync(CancellationToken cancellation) => sweeps.SilosAsync(cancellation);

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
            var made = await SubmitOnceAsync().ConfigureAwait(false);
            // The same submission came in at the same moment: it was waited for, but only the next statement sees it.
            if (made.IsEmpty) made = await SubmitOnceAsync().ConfigureAwait(false);
            await PostgresNews.TellAsync(connection, made[0].Number, stop).ConfigureAwait(false);
            return made[0];

            Task<ImmutableArray<(long Number, string Folder, Guid Mark)>> SubmitOnceAsync() => PostgresDatabase.ReadAsync(
                connection,
                PostgresDatabase.Statement(
                    "submit", submission, sweep.Name, sweep.SpecJson, sweep.SpecHash, sweep.Points, sweep.Chunks, ChunkPlan.Version,
                    DatasetMetadata.SoftwareVersion, sweep.FailureBudget, demands.Priority, demands.MaximumLanes,
                    PostgresWords.Of(demands.Device)),
                rows => (Number: rows.GetInt64(0), Folder: rows.GetString(1), Mark: rows.GetGuid(2)),
                stop);
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
}
