using System.Text.RegularExpressions;
using Sweeps.Grains.Telemetry.Declarations;

namespace Sweeps.Grains.Tests.Telemetry.Prometheus;

/// <summary>
/// That rules, alerts, their tests and the runbook speak of what silos tell. Whether alerts fire is promtool's to say: tests/Deploy/run.
/// </summary>
public partial class RuleTests
{
    [Fact]
    public async Task Rules_and_the_runbook_name_metrics_labels_and_values_that_there_are()
    {
        var known = await KnownSeries.ReadAsync();
        string[] queries =
            [.. RuleFiles.Records.Select(rule => rule.Query), .. RuleFiles.Alerts.Select(rule => rule.Query), .. RuleFiles.RunbookQueries];
        Assert.True(queries.Length > 50);
        Assert.Empty(queries.SelectMany(query => known.MistakesOf(PromQuery.Parse(query)).Select(mistake => $"{mistake}: {query}")));
    }

    [Fact]
    public async Task Tests_of_alerts_are_on_series_that_silos_report()
    {
        var known = await KnownSeries.ReadAsync();
        string[] series = [.. RuleFiles.Tests.SelectMany(test => test.Series)];
        Assert.True(series.Length > 50);
        Assert.Empty(series.SelectMany(known.MistakesOfSeries));
    }

    [Theory]
    [InlineData("""sum by (job) (rate(sweeps_chunks_setled_total[5m]))""")]
    [InlineData("""sum by (job, quantity) (rate(sweeps_chunks_settled_total[5m]))""")]
    [InlineData("""max by (job) (sweeps_points{state="finished"})""")]
    [InlineData("""max by (job) (sweeps_points{outcome="done"})""")]
    [InlineData("""sweep_state:sweeps_points:max{state="finished"}""")]
    [InlineData("""sum by (job) (sweeps_point_deviation_bucket{le="3"})""")]
    public async Task What_there_is_not_is_noticed(string query) =>
        Assert.NotEmpty((await KnownSeries.ReadAsync()).MistakesOf(PromQuery.Parse(query)));

    [Fact]
    public async Task Figures_of_the_cluster_and_extremes_are_never_summed()
    {
        var known = await KnownSeries.ReadAsync();
        var selectors = RuleFiles.Records.Select(rule => rule.Query).Concat(RuleFiles.Alerts.Select(rule => rule.Query))
            .SelectMany(query => PromQuery.Parse(query).Selectors)
            .Where(one => known.Facts.TryGetValue(one.Metric, out var fact) && fact.Of is not FactOf.ProcessPart).ToArray();
        Assert.NotEmpty(selectors);
        Assert.All(selectors, one => Assert.Matches(Extreme(), one.Before));
    }

    [Fact]
    public void Every_record_is_named_by_what_it_keeps_apart_and_used()
    {
        Assert.All(RuleFiles.Records, rule => Assert.Matches(RecordName(), rule.Name));
        var used = RuleFiles.Records.Select(rule => rule.Query).Concat(RuleFiles.Alerts.Select(rule => rule.Query))
            .Concat(RuleFiles.RunbookQueries).SelectMany(query => PromQuery.Parse(query).Selectors).Select(one => one.Metric).ToHashSet();
        Assert.Empty(RuleFiles.Records.Select(rule => rule.Name).Except(used));
    }

    [Fact]
    public void Every_alert_has_a_severity_a_sentence_and_a_section_in_the_runbook()
    {
        Assert.Equal(RuleFiles.Alerts.Length, RuleFiles.Alerts.Select(alert => alert.Name).Distinct().Count());
        Assert.All(RuleFiles.Alerts, alert =>
        {
            Assert.Contains(alert.Severity, (string[])["critical", "warning"]);
            Assert.Equal(["description", "runbook_url", "summary"], alert.Annotations.Keys.Order());
            Assert.EndsWith(".", alert.Annotations["description"], StringComparison.Ordinal);
            Assert.Equal($"deploy/prometheus/runbook.md#{Anchor(alert.Name)}", alert.Annotations["runbook_url"]);
            Assert.True(RuleFiles.Sections.TryGetValue(alert.Name, out string? section), $"the runbook has no section {alert.Name}");
            Assert.Equal(alert.Severity == "critical", section.TrimStart().StartsWith("*Critical.*", StringComparison.Ordinal));
        });
        Assert.Empty(RuleFiles.Sections.Keys.Except(RuleFiles.Alerts.Select(alert => alert.Name)));
    }

    [Fact]
    public void Every_alert_has_a_test_in_which_it_is_quiet_fires_and_is_quiet_again()
    {
        Assert.All(RuleFiles.Alerts, alert => Assert.Contains(RuleFiles.Tests, test =>
        {
            var checks = test.Checks.Where(check => check.Alert == alert.Name).OrderBy(check => check.Minute).ToArray();
            int first = Array.FindIndex(checks, check => check.Fires), last = Array.FindLastIndex(checks, check => check.Fires);
            return first > 0 && last < checks.Length - 1;
        }));
        Assert.Empty(
            RuleFiles.Tests.SelectMany(test => test.Checks).Select(check => check.Alert).Except(RuleFiles.Alerts.Select(alert => alert.Name)));
    }

    // As renderers of Markdown make them of headings that are one word.
    private static string Anchor(string heading) => heading.ToLowerInvariant();

    [GeneratedRegex(@"\b(max|min) by \([a-z_, ]+\) \($")]
    private static partial Regex Extreme();

    [GeneratedRegex("^[a-z_]+:sweeps_[a-z_]+:[a-z]+[a-z0-9_]*$")]
    private static partial Regex RecordName();
}
