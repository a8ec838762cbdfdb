namespace Sweeps.Monitoring.Tests.Prometheus;

/// <summary>Two silos that tell all there is to tell, and a Prometheus that asks them.</summary>
public sealed class ScrapedSilos : IAsyncLifetime
{
    private readonly List<RecordedPage> pages = [];

    internal PrometheusServer Prometheus { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        foreach (string silo in new[] { "node1", "node2" }) pages.Add(await RecordedPage.StartAsync(silo));
        Prometheus = await PrometheusServer.StartAsync("sweeps", [.. pages.Select(page => page.Target)]);
    }

    public async Task DisposeAsync()
    {
        if (Prometheus is not null) await Prometheus.DisposeAsync();
        foreach (var page in pages) await page.DisposeAsync();
    }
}
