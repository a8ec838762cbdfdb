using Sweeps.Monitoring.Tests.Prometheus;

namespace Sweeps.Monitoring.Tests.Grafana;

/// <summary>A real Prometheus answers what the dashboards ask.</summary>
public class AnsweredTests
{
    [Fact]
    public async Task Prometheus_answers_every_query_of_every_panel_with_numbers()
    {
        await using RecordedPage one = await RecordedPage.StartAsync("node1"), other = await RecordedPage.StartAsync("node2");
        await using var prometheus = await PrometheusServer.StartAsync("sweeps", one.Target, other.Target);
        Assert.Empty(await new Questions(prometheus).UnansweredAsync(query => !IsOptional(query)));
    }

    [Fact]
    public async Task Without_anybody_to_ask_there_is_no_answer_but_no_mistake_either()
    {
        await using var prometheus = await PrometheusServer.StartAsync("sweeps");
        Assert.All(DashboardFile.All.SelectMany(file => file.Queries), query => Assert.Empty(
            prometheus.AskAsync(query.Expression.Replace("$__rate_interval", "1m", StringComparison.Ordinal)
                .Replace("$__interval", "1m", StringComparison.Ordinal).Replace("$__range", "1h", StringComparison.Ordinal)).GetAwaiter().GetResult()));
    }

    // What an exporter tells that not everybody has.
    private static bool IsOptional(PanelQuery query) => query.Expression.Contains("pg_", StringComparison.Ordinal);
}
