using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Silo;

/// <summary>The way to a cluster's server.</summary>
/// <exception cref="ServerException">Every call: the server cannot be had, or is not what it should be.</exception>
internal interface ISiloCluster
{
    /// <summary>Connects; nothing is announced yet.</summary>
    /// <param name="address">The server.</param>
    /// <param name="host">Name of this machine.</param>
    /// <param name="lostAfter">How long silence may last.</param>
    /// <param name="metrics">Record how the server serves; null where nobody wants to know.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<ISiloServer> OpenAsync(
        PostgresAddress address, string host, TimeSpan lostAfter, SweepsMetrics? metrics, CancellationToken cancellation);

    /// <summary>Brings the schema up to date.</summary>
    /// <returns>Names of the steps that were applied.</returns>
    Task<IReadOnlyList<string>> MigrateAsync(PostgresAddress address, CancellationToken cancellation);
}
