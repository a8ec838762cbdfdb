using Npgsql;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;
using Sweeps.Grains.Planning;

namespace Sweeps.Benchmarks.Orchestration;

/// <summary>A database under load, and what can be read off it from outside.</summary>
internal sealed class BenchCluster : IAsyncDisposable
{
    /// <summary>Chunks of a sweep here.</summary>
    public const int Chunks = 1_000_000;

    /// <summary>Points of each.</summary>
    public const int PointsPerChunk = 100;

    /// <summary>Lanes of a silo.</summary>
    public const int LanesPerSilo = 16;

    // A case lasts shorter: what is measured is the work, not what becomes of leases that run out.
    private static readonly PostgresTiming Timing = new(TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));

    private readonly ClusterOptions options;
    private readonly PostgresSweepServer sweeps;
    private readonly NpgsqlDataSource watcher;

    private BenchCluster(ClusterOptions options, TimeProvider time, PostgresSweepServer sweeps)
    {
        (this.options, Time, this.sweeps) = (options, time, sweeps);
        var settings = options.Server.ConnectionString();
        settings.MaxPoolSize = 1;
        watcher = NpgsqlDataSource.Create(settings);
    }

    public TimeProvider Time { get; }

    public static async Task<BenchCluster> OpenAsync(ClusterOptions options, TimeProvider time) =>
        new(options, time, await PostgresSweepServer.OpenAsync(options.Server, time, CancellationToken.None).ConfigureAwait(false));

    public ProcessorSeconds ProcessorSeconds() => Orchestration.ProcessorSeconds.Read(options.Postmaster);

    /// <summary>A sweep that may be claimed from at once.</summary>
    public async Task<SweepRecord> NewSweepAsync(string name)
    {
        string hash = new('0', 64);
        var (number, folder, mark) = await sweeps.InsertAsync(
            new(name, "{}", hash, (long)Chunks * PointsPerChunk, Chunks, 0), new(), Guid.NewGuid(), CancellationToken.None)
            .ConfigureAwait(false);
        await ReadAsync($"update sweeps.sweep set stage = 'ready' where number = {number} returning number", row => row.GetInt64(0))
            .ConfigureAwait(false);
        return new(number, folder, mark, 1, "{}", hash, Chunks, ChunkPlan.Version, DatasetMetadata.SoftwareVersion);
    }

    /// <summary>Nobody is offered it any more.</summary>
    public Task EndSweepAsync(SweepRecord sweep) => ReadAsync(
        $"update sweeps.sweep set phase = 'cancelled', ended_at = now() where number = {sweep.Number} returning number",
        row => row.GetInt64(0));

    /// <summary>A silo that is registered.</summary>
    public async Task<PostgresSiloServer> NewSiloAsync(int lanes)
    {
        var silo = await PostgresSiloServer.OpenAsync(options.Server, "bench", Timing, Time, CancellationToken.None).ConfigureAwait(false);
        LaneDescription lane = new("1 thread", false, true);
        await silo.RegisterAsync(
            new("bench", DatasetMetadata.SoftwareVersion, ChunkPlan.Version, "/nowhere", [.. Enumerable.Repeat(lane, lanes)]),
            CancellationToken.None)
            .ConfigureAwait(false);
        return silo;
    }

    public Task<long> LogPositionAsync() => ReadAsync("select (pg_current_wal_insert_lsn() - '0/0')::bigint", row => row.GetInt64(0));

    public Task<TableSize> TableSizeAsync() => ReadAsync(
        """
        select pg_stat_get_live_tuples(c), pg_stat_get_dead_tuples(c), pg_table_size(c::regclass), pg_indexes_size(c::regclass)
        from (select 'sweeps.chunk'::regclass::oid as c) as hot
        """,
        row => new TableSize(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)));

    /// <summary>Version and the settings that decide what a commit costs.</summary>
    public Task<string> DescribeAsync() => ReadAsync(
        """
        select 'PostgreSQL ' || split_part(current_setting('server_version'), ' ', 1) || ', '
            || string_agg(name || ' ' || current_setting(name), ', ' order by name)
        from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers')
        """,
        row => row.GetString(0));

    public async ValueTask DisposeAsync()
    {
        await sweeps.DisposeAsync().ConfigureAwait(false);
        await watcher.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<T> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> rowOf)
    {
        // Texts of ours, and numbers.
#pragma warning disable CA2100
        await using var command = watcher.CreateCommand(sql);
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync().ConfigureAwait(false);
        await rows.ReadAsync().ConfigureAwait(false);
        return rowOf(rows);
    }
}

/// <summary>The table of chunks that wait, are leased, or were settled a moment ago, as the server's statistics have it.</summary>
internal readonly record struct TableSize(long Rows, long DeadRows, long TableBytes, long IndexBytes);
