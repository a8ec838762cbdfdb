using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sweeps.Grafana.Queries;

namespace Sweeps.Grafana.Panels;

/// <summary>A query of a panel.</summary>
internal sealed partial record Target
{
    /// <exception cref="ArgumentException">The legend speaks of a label that the query's series do not have.</exception>
    public Target(string legend, Query query)
    {
        (Legend, Query) = (legend, query);
        foreach (string label in LabelInLegend().Matches(legend).Select(match => match.Groups[1].Value))
            if (!query.Labels.Contains(label)) throw new ArgumentException($"no {label} in {query.Text}", nameof(legend));
    }

    /// <summary>With <c>{{label}}</c>.</summary>
    public string Legend { get; }

    public Query Query { get; }

    /// <summary>Only at the end of the time shown, rather than over it.</summary>
    public bool IsInstant { get; init; }

    /// <summary><c>time_series</c>, <c>table</c> or <c>heatmap</c>.</summary>
    public string Format { get; init; } = "time_series";

    public JsonObject ToJson(char id)
    {
        return new()
        {
            ["refId"] = id.ToString(),
            ["datasource"] = Source(),
            ["editorMode"] = "code",
            ["expr"] = Query.Text,
            ["format"] = Format,
            ["instant"] = IsInstant,
            ["range"] = !IsInstant,
            ["legendFormat"] = Legend,
        };
    }

    /// <summary>What is asked: the dashboard's variable says which.</summary>
    public static JsonObject Source() => new() { ["type"] = "prometheus", ["uid"] = "${datasource}" };

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex LabelInLegend();
}
