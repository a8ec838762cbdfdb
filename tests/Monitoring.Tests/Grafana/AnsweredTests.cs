using Sweeps.Monitoring.Tests.Prometheus;

namespace Sweeps.Monitoring.Tests.Grafana;

/// <summary>A real Prometheus answers what the dashboards ask.</summary>
public class AnsweredTests(ScrapedSilos scraping) : IClassFixture<ScrapedSilos>
{
    [Fact]
    public async Task Prometheus_answers_every_query_of_every_panel_with_numbers()
    {
        Assert.Empty(await new Questions(scraping.Prometheus).UnansweredAsync(query => !IsOptional(query)));
    }

    [Theory]
    // Two silos tell the same of the cluster, and it is told once.
    [InlineData("sweeps-sweep", "Finished", 0.52)]
    [InlineData("sweeps-sweep", "Time left", 90)]
    [InlineData("sweeps-sweep", "Failed points", 12)]
    [InlineData("sweeps-sweep", "Worst |z|", 2.5)]
    [InlineData("sweeps-fleet", "Kernel share", 0.75)]
    [InlineData("sweeps-fleet", "Retired lanes", 2)]
    [InlineData("sweeps-device", "Memory of devices", 1.0 / 1024)]
    [InlineData("sweeps-postgresql", "Failed attempts", 0.875)]
    // What each tells of itself is added.
    [InlineData("sweeps-postgresql", "Keep house", 2)]
    public async Task Panels_show_what_was_recorded(string dashboard, string panel, double expected) =>
        Assert.Equal(
            expected,
            await new Questions(scraping.Prometheus).LastAsync(dashboard, panel, shown => Math.Abs(shown - expected) < 1e-3),
            1e-3);

    [Fact]
    public async Task Rare_events_are_whole_numbers()
    {
        double errors = await new Questions(scraping.Prometheus).LastAsync("sweeps-postgresql", "Errors");
        Assert.True(errors > 0 && double.IsInteger(errors), $"{errors}");
    }

    [Fact]
    public async Task Without_anybody_to_ask_there_is_no_answer_but_no_mistake_either()
    {
        await using var prometheus = await PrometheusServer.StartAsync("sweeps");
        foreach (var query in DashboardFile.All.SelectMany(file => file.Queries))
        {
            string asked = query.Expression.Replace("$__rate_interval", "1m", StringComparison.Ordinal)
                .Replace("$__interval", "1m", StringComparison.Ordinal).Replace("$__range", "1h", StringComparison.Ordinal);
            Assert.Empty(await prometheus.AskAsync(asked));
        }
    }

    // What an exporter tells that not everybody has.
    private static bool IsOptional(PanelQuery query) => query.Expression.Contains("pg_", StringComparison.Ordinal);
}
