using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;

namespace Sweeps.Silo;

/// <summary>Clusters that meet in PostgreSQL.</summary>
internal sealed class PostgresCluster(TimeProvider time) : ISiloCluster
{
    /// <inheritdoc/>
    public async Task<ISiloServer> OpenAsync(PostgresAddress address, string host, TimeSpan lostAfter, CancellationToken cancellation) =>
        await PostgresSiloServer.OpenAsync(address, host, PostgresTiming.Of(lostAfter), time, cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> MigrateAsync(PostgresAddress address, CancellationToken cancellation) =>
        PostgresMigrations.RunAsync(address, time, cancellation);
}
