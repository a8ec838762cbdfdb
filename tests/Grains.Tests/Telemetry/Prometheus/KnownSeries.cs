using System.Text.RegularExpressions;
using OpenTelemetry.Resources;
using Sweeps.Grains.Telemetry.Declarations;
using Sweeps.Grains.Telemetry.Exposition;
using Sweeps.Grains.Tests.Telemetry.Exposition;

namespace Sweeps.Grains.Tests.Telemetry.Prometheus;

/// <summary>Which metrics there are, of declared instruments and of recording rules, with their labels and the labels' values.</summary>
internal sealed partial class KnownSeries
{
    // Whatever the user, the spec or the machine calls so.
    private static readonly HashSet<string> FreeLabels =
        ["job", "instance", "sweep", "experiment", "quantity", "lane", "device_kind", "alertname", "alertstate"];

    private readonly Dictionary<string, HashSet<string>> labels = new()
    {
        ["up"] = ["job", "instance"],
        ["ALERTS"] = ["alertname", "alertstate"],
    };

    private readonly Dictionary<string, HashSet<string>> values = [];

    private KnownSeries(string page)
    {
        foreach (var one in Instruments.All)
        {
            HashSet<string> own = ["job", "instance", .. one.Labels.Select(PrometheusName.OfLabel)];
            string name = PrometheusName.Of(one).Sample;
            if (one.Kind is not InstrumentKind.Histogram) labels.Add(name, own);
            else
            {
                labels.Add(name + "_bucket", [.. own, "le"]);
                labels.Add(name + "_sum", own);
                labels.Add(name + "_count", own);
            }
            Facts.Add(name, one);
        }
        foreach (Match line in Sample().Matches(page))
            foreach (Match label in Label().Matches(line.Groups[2].Value))
                ValuesOf(line.Groups[1].Value, label.Groups[1].Value).Add(label.Groups[2].Value);
        // Rules build on those before them.
        foreach (var rule in RuleFiles.Records)
        {
            var query = PromQuery.Parse(rule.Query);
            labels.Add(rule.Name, [.. query.Groupings.Where(label => label != "le")]);
            foreach (var selector in query.Selectors)
                foreach (string label in query.Groupings) ValuesOf(rule.Name, label).UnionWith(ValuesOf(selector.Metric, label));
        }
    }

    /// <summary>Instruments by the name of their samples, of histograms without an end.</summary>
    public Dictionary<string, InstrumentDeclaration> Facts { get; } = [];

    public static async Task<KnownSeries> ReadAsync()
    {
        using var everything = new RecordedEverything(TimeProvider.System);
        using var exposition = new MetricsExposition(everything.Metrics, Resource.Empty, withRuntime: false);
        everything.Record();
        return new(await ParsedPage.TextOfAsync(exposition));
    }

    /// <returns>Sentences; none if all that it names is there.</returns>
    public IEnumerable<string> MistakesOf(PromQuery query)
    {
        foreach (var selector in query.Selectors)
            foreach (string mistake in MistakesOf(selector)) yield return mistake;
        foreach (string label in query.Groupings)
            if (!query.Selectors.Any(one => labels.TryGetValue(one.Metric, out var own) && own.Contains(label)))
                yield return $"nothing here has a label {label}";
    }

    /// <returns>Sentences; none if there can be such a series.</returns>
    public IEnumerable<string> MistakesOfSeries(string series)
    {
        var selector = PromQuery.Parse(series).Selectors.Single();
        foreach (string mistake in MistakesOf(selector)) yield return mistake;
        if (!labels.TryGetValue(selector.Metric, out var own)) yield break;
        foreach (string missing in own.Except(selector.Matchers.Select(one => one.Label))) yield return $"{series} has no {missing}";
    }

    private IEnumerable<string> MistakesOf(PromSelector selector)
    {
        if (!labels.TryGetValue(selector.Metric, out var own))
        {
            yield return $"there is no {selector.Metric}";
            yield break;
        }
        foreach (var matcher in selector.Matchers)
        {
            if (!own.Contains(matcher.Label)) yield return $"{selector.Metric} has no label {matcher.Label}";
            else if (!FreeLabels.Contains(matcher.Label))
                foreach (string value in matcher.Values.Except(ValuesOf(selector.Metric, matcher.Label)))
                    yield return $"{matcher.Label} of {selector.Metric} is never {value}";
        }
    }

    private HashSet<string> ValuesOf(string metric, string label)
    {
        if (!values.TryGetValue($"{metric} {label}", out var known)) values.Add($"{metric} {label}", known = []);
        return known;
    }

    [GeneratedRegex(@"^(\w+)\{(.*)\} ", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex("""(\w+)="([^"]*)"  """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Label();
}
