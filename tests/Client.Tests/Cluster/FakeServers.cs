using Sweeps.Client.Cluster;
using Sweeps.Grains.Hosts;

namespace Sweeps.Fakes;

/// <summary>How the program reaches the cluster.</summary>
internal sealed partial class FakeCluster : ISweepServers
{
    /// <summary>By which it was opened.</summary>
    public List<string> Opened { get; } = [];

    /// <summary>Happens as soon as it is opened.</summary>
    public Action? AfterOpen { get; set; }

    public Task<ISweepServer> OpenAsync(string address, CancellationToken cancellation)
    {
        Opened.Add(address);
        return Answer<ISweepServer>(() =>
        {
            AfterOpen?.Invoke();
            return this;
        }, cancellation);
    }
}
