using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Sweeps.Grains.Tests.Telemetry.Prometheus;

/// <summary><c>deploy/prometheus</c>, as read from this checkout.</summary>
internal static partial class RuleFiles
{
    public static ImmutableArray<RecordingRule> Records { get; } =
        [.. Rules("recording.yaml").Select(rule => new RecordingRule(Text(rule, "record"), Text(rule, "expr")))];

    public static ImmutableArray<AlertRule> Alerts { get; } =
    [
        .. Rules("alerts.yaml").Select(rule => new AlertRule(
            Text(rule, "alert"), Text(rule, "expr"), Text(Child(rule, "labels"), "severity"),
            Child(rule, "annotations").Children.ToDictionary(one => one.Key.ToString(), one => one.Value.ToString()))),
    ];

    /// <summary>Of all files in <c>tests/</c>.</summary>
    public static ImmutableArray<RuleTest> Tests { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Folder(), "tests"), "*.yaml").SelectMany(file => Items(Load(file), "tests"))
            .Select(test => new RuleTest(
                Text(test, "name"),
                [.. Items(test, "input_series").Select(series => Text(series, "series"))],
                [.. Items(test, "alert_rule_test").Select(check => new AlertCheck(
                    Text(check, "alertname"), Minutes(Text(check, "eval_time")), Items(check, "exp_alerts").Any()))])),
    ];

    public static string Runbook { get; } = File.ReadAllText(Path.Combine(Folder(), "runbook.md"));

    /// <summary>Of the runbook's sections, with their text.</summary>
    public static ImmutableDictionary<string, string> Sections { get; } = Runbook.Split("\n### ").Skip(1)
        .ToImmutableDictionary(part => part.Split('\n')[0].Trim(), part => part[part.IndexOf('\n', StringComparison.Ordinal)..]);

    /// <summary>Lines of the runbook's blocks of PromQL, a query each.</summary>
    public static ImmutableArray<string> RunbookQueries { get; } =
        [.. Block().Matches(Runbook).SelectMany(block => block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))];

    private static string Folder() => Checkout.Path("deploy/prometheus");

    private static IEnumerable<YamlMappingNode> Rules(string file) =>
        Items(Load(Path.Combine(Folder(), "rules", file)), "groups").SelectMany(group => Items(group, "rules"));

    private static YamlMappingNode Load(string file)
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(file);
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static YamlMappingNode Child(YamlMappingNode node, string key) => (YamlMappingNode)node.Children[key];

    private static IEnumerable<YamlMappingNode> Items(YamlMappingNode node, string key) =>
        ((YamlSequenceNode)node.Children[key]).Cast<YamlMappingNode>();

    private static string Text(YamlMappingNode node, string key) => node.Children[key].ToString();

    private static int Minutes(string time) => int.Parse(time.TrimEnd('m'), NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex("```promql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}

/// <summary>A rule that records a figure.</summary>
internal sealed record RecordingRule(string Name, string Query);

/// <summary>A rule that alerts.</summary>
internal sealed record AlertRule(string Name, string Query, string Severity, Dictionary<string, string> Annotations);

/// <summary>A test for promtool.</summary>
internal sealed record RuleTest(string Name, ImmutableArray<string> Series, ImmutableArray<AlertCheck> Checks);

/// <summary>Whether an alert fires at a minute.</summary>
internal sealed record AlertCheck(string Alert, int Minute, bool Fires);
