using System.Text.RegularExpressions;
using Sweeps.Grafana.Documents;
using Sweeps.Grains.Telemetry.Declarations;
using Sweeps.Grains.Telemetry.Exposition;

namespace Sweeps.Monitoring.Tests.Documents;

/// <summary>What is written about metrics names those that there are.</summary>
public partial class DocumentTests
{
    // PostgreSQL's roles, which look alike.
    private static readonly string[] Roles = ["sweeps_owner", "sweeps_work", "sweeps_operate", "sweeps_read"];

    [Fact]
    public void The_committed_list_of_metrics_is_that_of_the_declarations() => Assert.True(
        File.ReadAllText(Checkout.Path(Path.Combine("deploy/prometheus", MetricList.FileName))) == MetricList.Text(),
        "deploy/prometheus/metrics.md is not what the generator writes. Remake it:\n    dotnet run --project deploy/grafana/generator deploy");

    [Fact]
    public void Every_document_names_declared_metrics_and_recorded_figures_alone()
    {
        string[] samples =
        [
            .. Instruments.All.SelectMany(one =>
            {
                string name = PrometheusName.Of(one).Sample;
                return one.Kind is InstrumentKind.Histogram ? [name, name + "_bucket", name + "_sum", name + "_count"] : new[] { name };
            }),
        ];
        string rules = File.ReadAllText(Checkout.Path("deploy/prometheus/rules/recording.yaml"));
        string[] recorded = [.. Record().Matches(rules).Select(match => match.Groups[1].Value)];
        HashSet<string> known = [.. samples, .. recorded, .. Roles];
        var named = Directory.GetFiles(Checkout.Path("deploy"), "*.md", SearchOption.AllDirectories)
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal)).Append(Checkout.Path("README.md"))
            .SelectMany(file => Name().Matches(File.ReadAllText(file)).Select(match => (File: file, Name: match.Value))).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, one => Assert.True(known.Contains(one.Name), $"{one.File}: there is no {one.Name}"));
    }

    [GeneratedRegex("- record: (\\S+)")]
    private static partial Regex Record();

    // level:metric:operation, or the metric alone.
    [GeneratedRegex("(?:[a-z_]+:)?\\bsweeps_[a-z0-9_]*[a-z0-9](?::[a-z0-9_]+)?")]
    private static partial Regex Name();
}
