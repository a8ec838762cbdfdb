using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;

namespace Sweeps.Client.Cluster;

/// <summary>The servers that this program can reach: databases.</summary>
internal sealed class SweepServers(TimeProvider time) : ISweepServers
{
    /// <inheritdoc/>
    public async Task<ISweepServer> OpenAsync(string address, CancellationToken cancellation) =>
        PostgresAddress.TryParse(address, out var known, out string? mistake)
            ? await PostgresSweepServer.OpenAsync(known, time, cancellation).ConfigureAwait(false)
            : throw new ServerException(mistake);
}
