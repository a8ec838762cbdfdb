using Sweeps.Grafana.Queries;
using Sweeps.Grains.Telemetry.Declarations;
using Sweeps.Grains.Telemetry.Exposition;

namespace Sweeps.Monitoring.Tests.Grafana;

/// <summary>Queries beside the declarations.</summary>
public class QueryTests
{
    /// <summary>Instruments that no dashboard shows, each with the reason.</summary>
    private static readonly Dictionary<string, string> NotShown = [];

    private static readonly Dictionary<string, Declared> Known = Instruments.All
        .SelectMany(one => (one.Kind is InstrumentKind.Histogram ? new[] { "_bucket", "_count", "_sum" } : [""]).Select(end => (
            Name: PrometheusName.Of(one).Sample + end,
            Declared: new Declared(
                one.Name, [.. one.Labels.Select(PrometheusName.OfLabel), .. end == "_bucket" ? ["le"] : Array.Empty<string>()], one.Of))))
        .Append(("target_info", new("", ["host_name", "service_version"], FactOf.ProcessExtreme)))
        .Append(("dotnet_process_memory_working_set_bytes", new("", [], FactOf.ProcessPart)))
        .Concat(OtherMetrics.OfPostgresExporter.Select(one => (one.Name, new Declared("", [.. one.Labels], one.Of))))
        .ToDictionary(one => one.Item1, one => one.Item2);

    private static IEnumerable<PanelQuery> All => DashboardFile.All.SelectMany(file => file.Queries);

    [Fact]
    public void Queries_name_declared_metrics_and_their_labels_alone() => Assert.All(All, query =>
    {
        var metrics = Promql.Metrics(query.Expression).ToArray();
        Assert.NotEmpty(metrics);
        Assert.All(metrics, one => Assert.Contains(one.Metric, Known));
        Assert.All(metrics, one => Assert.Empty(one.Labels.Except([.. Known[one.Metric].Labels, "job", "instance"])));
        Assert.Empty(Promql.Groups(query.Expression).Except([.. metrics.SelectMany(one => Known[one.Metric].Labels), "instance"]));
        // A cluster is one job, and figures of several are not taken together.
        Assert.All(
            metrics.Where(one => !one.Metric.StartsWith("pg_", StringComparison.Ordinal)), one => Assert.Contains("job", one.Labels));
    });

    [Fact]
    public void What_silos_tell_is_taken_together_as_it_is_declared() => Assert.All(All, query => Assert.All(
        Promql.Metrics(query.Expression),
        one => Assert.Equal(
            (query.Expression, Known[one.Metric].Of is FactOf.ProcessPart ? "sum" : "max"), (query.Expression, one.Aggregation))));

    [Fact]
    public void Every_instrument_is_on_a_dashboard()
    {
        var shown = All.SelectMany(query => Promql.Metrics(query.Expression)).Select(one => Known[one.Metric].Instrument).ToHashSet();
        Assert.Equal(
            NotShown.Keys.Order(StringComparer.Ordinal),
            Instruments.All.Select(one => one.Name).Where(name => !shown.Contains(name)));
    }

    [Fact]
    public void Variables_in_queries_are_those_of_the_dashboard() => Assert.All(DashboardFile.All, file =>
    {
        string[] known = [.. file.Variables.Select(one => DashboardFile.Text(one, "name")), "__rate_interval", "__interval", "__range"];
        Assert.All(file.Queries, query => Assert.All(
            System.Text.RegularExpressions.Regex.Matches(query.Expression, @"\$(\w+)"),
            match => Assert.Contains(match.Groups[1].Value, known)));
    });

    [Theory]
    [InlineData("sum(rate(a_total{b=\"c d\"}[5m])) / max by (e, f) (g)", "a_total:b:sum g::max")]
    [InlineData("max((a{b=~\"$x\"} - a{b=~\"$x\"} offset $__range >= 0) or a)", "a:b:max a:b:max a::max")]
    [InlineData("histogram_quantile(0.5, sum by (le) (rate(a_bucket[$__rate_interval])))", "a_bucket::sum")]
    [InlineData("1000 * (time() + a)", "a::")]
    [InlineData("sum(max by (b) (a{c=\"sum(\"}))", "a:c:max")]
    public void The_reader_of_queries_sees_what_is_there(string query, string expected) => Assert.Equal(
        expected, string.Join(' ', Promql.Metrics(query).Select(one => $"{one.Metric}:{string.Join(',', one.Labels)}:{one.Aggregation}")));

    private sealed record Declared(string Instrument, string[] Labels, FactOf Of);
}
