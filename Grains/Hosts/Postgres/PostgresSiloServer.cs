using System.Security.Cryptography;
using Npgsql;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>What a silo asks of its cluster, straight from its database.</summary>
public sealed class PostgresSiloServer : ISiloServer
{
    private readonly PostgresDatabase database;
    private readonly PostgresNews news;
    private readonly PostgresTiming timing;
    private readonly LedgerPolicy policy;
    private readonly DatasetJobs jobs;
    private readonly Housekeeping housekeeping;
    private readonly PostgresSweeps sweeps;
    private readonly SweepsMetrics? metrics;

    private PostgresSiloServer(PostgresDatabase database, string silo, PostgresTiming timing, SweepsMetrics? metrics, TimeProvider time)
    {
        (this.database, Silo, this.timing, this.metrics) = (database, silo, timing, metrics);
        sweeps = new(database);
        news = new(database, time);
        policy = new LedgerPolicy { LeaseDuration = timing.Lease };
        jobs = new(database, timing);
        housekeeping = new(database, timing, policy, metrics);
    }

    /// <inheritdoc/>
    public string Silo { get; private set; }

    /// <summary>Connects; nothing is announced yet.</summary>
    /// <param name="address">The database.</param>
    /// <param name="host">Name of this machine.</param>
    /// <param name="timing">How long silence may last.</param>
    /// <param name="time">For pauses alone.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="metrics">
    /// Record how the database serves, and what turns of this process decide; null where nobody wants to know.
    /// </param>
    /// <exception cref="ServerException">The database cannot be had, or its schema is not of this software.</exception>
    public static async Task<PostgresSiloServer> OpenAsync(
        PostgresAddress address, string host, PostgresTiming timing, TimeProvider time, CancellationToken cancellation,
        SweepsMetrics? metrics = null)
    {
        PostgresDatabase database = new(address, time, metrics?.Database);
        try
        {
            await PostgresMigrations.CheckAsync(database, cancellation).ConfigureAwait(false);
            return new(database, NameOf(host), timing, metrics, time);
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
        await database.DoAsync(
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
        await database.DoAsync([PostgresDatabase.Statement("beat", Silo, draining ? "draining" : "working")], cancellation).ConfigureAwait(false) == 1;

    /// <inheritdoc/>
    public Task<SweepRecord?> ChooseAsync(int lane, CancellationToken cancellation)
    {
        string worker = WorkerOf(lane);
        return database.BrieflyAsync(
            async (connection, stop) =>
            {
                var (chosen, same) = await ChooseAsync(connection, worker, stop).ConfigureAwait(false);
                if (same) return chosen;
                if (chosen is null)
                {
                    await PostgresDatabase.DoAsync(connection, [PostgresDatabase.Statement("assign", worker, null)], stop).ConfigureAwait(false);
                    return null;
                }
                // A lane that moves does so alone, so that two do not make room for one another.
                var transaction = await connection.BeginTransactionAsync(stop).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    await PostgresDatabase.DoAsync(connection, [PostgresDatabase.Lock(PostgresDatabase.ChoosingLock, exclusive: true)], stop).ConfigureAwait(false);
                    (chosen, _) = await ChooseAsync(connection, worker, stop).ConfigureAwait(false);
                    await PostgresDatabase.DoAsync(connection, [PostgresDatabase.Statement("assign", worker, chosen?.Number)], stop).ConfigureAwait(false);
                    await transaction.CommitAsync(stop).ConfigureAwait(false);
                }
                return chosen;
            },
            cancellation);
    }

    /// <inheritdoc/>
    public ISweepGrain GrainOf(SweepRecord sweep, Func<int, int> pointsOf)
    {
        metrics?.Chunks.Begin(sweep.Folder);
        return new PostgresSweepGrain(database, sweep.Number, sweep.Generation, pointsOf, policy,
            metrics is null ? null : () => metrics.Chunks.ChunkQuarantined(sweep.Folder));
    }

    /// <inheritdoc/>
    public Task RefuseAsync(SweepRecord sweep, string reason, CancellationToken cancellation) =>
        database.DoAsync([PostgresDatabase.Statement("note", sweep.Number, Silo, true, PostgresWords.Kept(reason))], cancellation);

    /// <inheritdoc/>
    public Task<DatasetJob?> TakeDatasetJobAsync(CancellationToken cancellation) => jobs.TakeAsync(Silo, cancellation);

    /// <inheritdoc/>
    public Task<bool> RenewDatasetJobAsync(DatasetJob job, CancellationToken cancellation) => jobs.RenewAsync(TermOf(job), cancellation);

    /// <inheritdoc/>
    public Task<bool> EndDatasetJobAsync(DatasetJob job, LedgerHoldings? holdings, CancellationToken cancellation) =>
        jobs.EndAsync(job, TermOf(job), holdings, cancellation);

    /// <inheritdoc/>
    public Task FailDatasetJobAsync(DatasetJob job, string reason, CancellationToken cancellation) =>
        jobs.FailAsync(job, TermOf(job), reason, cancellation);

    /// <inheritdoc/>
    public Task<bool> HousekeepAsync(CancellationToken cancellation) => housekeeping.RunAsync(Silo, cancellation);

    /// <inheritdoc/>
    public async Task<ClusterReading> ReadClusterAsync(CancellationToken cancellation) => ClusterReading.Of(
        await sweeps.ListAsync(null, ended: false, cancellation).ConfigureAwait(false),
        await sweeps.SilosAsync(cancellation).ConfigureAwait(false));

    /// <inheritdoc/>
    public Task WaitForNewsAsync(TimeSpan longest, CancellationToken cancellation) => news.WaitAsync(longest, cancellation);

    /// <inheritdoc/>
    public Task LeaveAsync(CancellationToken cancellation) =>
        database.DoAsync([PostgresDatabase.Statement("leave", Silo), PostgresDatabase.Statement("forget-silo", Silo)], cancellation);

    public async ValueTask DisposeAsync()
    {
        await news.DisposeAsync().ConfigureAwait(false);
        await database.DisposeAsync().ConfigureAwait(false);
    }

    private DatasetTerm TermOf(DatasetJob job) => new(job.Sweep.Number, Silo, job.Epoch);

    private static string NameOf(string host) =>
        $"{(host.Length <= 100 ? host : host[..100])}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";

    private static async Task<(SweepRecord? Chosen, bool Same)> ChooseAsync(NpgsqlConnection connection, string worker, CancellationToken stop) =>
        await PostgresDatabase.ReadAsync(
            connection, PostgresDatabase.Statement("choose", worker), rows => (SweepRecords.Of(rows), !rows.IsDBNull(10) && rows.GetBoolean(10)), stop)
            .ConfigureAwait(false) is [var chosen] ? chosen : (null, false);
}
