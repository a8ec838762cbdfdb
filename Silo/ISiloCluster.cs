using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;

namespace Sweeps.Silo;

/// <summary>The way to a cluster's server.</summary>
/// <exception cref="ServerException">Every call: the server cannot be had, or is not what it should be.</exception>
internal interface ISiloCluster
{
    /// <summary>Connects; nothing is announced yet.</summary>
    Task<ISiloServer> OpenAsync(PostgresAddress address, string host, TimeSpan lostAfter, CancellationToken cancellation);

    /// <summary>Brings the schema up to date.</summary>
    /// <returns>Names of the steps that were applied.</returns>
    Task<IReadOnlyList<string>> MigrateAsync(PostgresAddress address, CancellationToken cancellation);
}
