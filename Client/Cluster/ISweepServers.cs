using Sweeps.Grains.Hosts;

namespace Sweeps.Client.Cluster;

/// <summary>How the program reaches clusters.</summary>
public interface ISweepServers
{
    /// <param name="address">Checked before; perhaps with a password in it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ServerException">It cannot be had.</exception>
    Task<ISweepServer> OpenAsync(string address, CancellationToken cancellation);
}
