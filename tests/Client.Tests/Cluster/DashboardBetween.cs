using System.Net;
using Sweeps.Client.Cluster;
using Sweeps.Dashboard.Hosting;
using Sweeps.Fakes;
using Sweeps.Grains.Hosts;

namespace Sweeps.Client.Tests.Cluster;

/// <summary>A dashboard between the program and a cluster in memory: every call goes over HTTP.</summary>
internal sealed class DashboardBetween : ISweepServers, IDisposable
{
    private readonly FakeCluster cluster;
    private readonly DashboardServer dashboard;

    public DashboardBetween(FakeCluster cluster, string? data = null)
    {
        this.cluster = cluster;
        FakeExperiment[] catalogue = [new()];
        var source = new SweepSource(cluster, new ClusterDatasets(cluster, data, catalogue), catalogue, TimeProvider.System);
        dashboard = DashboardServer.StartAsync(new(new(IPAddress.Loopback, 0)), source, CancellationToken.None).GetAwaiter().GetResult();
    }

    public string Address => dashboard.Address.ToString().TrimEnd('/');

    /// <summary>What was opened is what the cluster counts.</summary>
    public async Task<ISweepServer> OpenAsync(string address, CancellationToken cancellation)
    {
        await cluster.OpenAsync(address, cancellation);
        Assert.True(HttpAddress.TryParse(address, out var known, out string? mistake), mistake);
        return new Counted(cluster, new HttpSweepServer(known, new(null), TimeProvider.System));
    }

    public void Dispose() => dashboard.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
