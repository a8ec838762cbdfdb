using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Silo;

/// <summary>Clusters that meet in PostgreSQL.</summary>
internal sealed class PostgresCluster(TimeProvider time) : ISiloCluster
{
    /// <inheritdoc/>
    public async Task<ISiloServer> OpenAsync(
        PostgresAddress address, string host, TimeSpan lostAfter, SweepsMetrics? metrics, CancellationToken cancellation) =>
        await PostgresSiloServer.OpenAsync(address, host, PostgresTiming.Of(lostAfter), time, cancellation, metrics).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> MigrateAsync(PostgresAddress address, CancellationToken cancellation) =>
        PostgresMigrations.RunAsync(address, time, cancellation);
}
