using Sweeps.Grains.Hosts;

namespace Sweeps.Client.Cluster;

/// <summary>The servers that this program can reach.</summary>
internal sealed class SweepServers : ISweepServers
{
    /// <inheritdoc/>
    public Task<ISweepServer> OpenAsync(string address, CancellationToken cancellation) =>
        throw new ServerException("this build cannot reach a database yet; run the sweep here, with: sweeps run SPEC");
}
