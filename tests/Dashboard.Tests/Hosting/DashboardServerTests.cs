using System.Net;
using Sweeps.Dashboard.Hosting;
using Sweeps.Fakes;

namespace Sweeps.Dashboard.Tests.Hosting;

public sealed class DashboardServerTests
{
    [Fact]
    public async Task Its_first_page_names_the_clusters_sweeps()
    {
        await using var cluster = new FakeCluster();
        cluster.Add("drift-1");
        var source = new SweepSource(cluster, new ClusterDatasets(cluster, null, [new FakeExperiment()]), [new FakeExperiment()], TimeProvider.System);
        await using var dashboard = await DashboardServer.StartAsync(new(new(IPAddress.Loopback, 0)), source, CancellationToken.None);
        using var browser = new HttpClient { BaseAddress = dashboard.Address };

        Assert.Contains("drift-1", await browser.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
    }
}
