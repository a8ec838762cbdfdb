using System.Net;
using Microsoft.AspNetCore.Builder;
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

    [Fact]
    public async Task Whoever_is_still_being_answered_at_its_end_has_a_moment_by_its_clock()
    {
        await using var cluster = new FakeCluster();
        var clock = new HeldClock();
        var source = new SweepSource(cluster, new ClusterDatasets(cluster, null, []), [], clock);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var dashboard = await DashboardServer.StartAsync(
            new(new(IPAddress.Loopback, 0)), source, CancellationToken.None, routes => routes.MapGet("/slow", async context =>
            {
                asked.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
            }));
        using var browser = new HttpClient { BaseAddress = dashboard.Address };
        var answer = browser.GetAsync(new Uri("/slow", UriKind.Relative));
        await asked.Task;
        var ending = dashboard.DisposeAsync();
        await clock.RingAsync(TimeSpan.FromSeconds(1));
        await ending;
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => answer);
    }
}
