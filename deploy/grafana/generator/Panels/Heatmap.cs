using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sweeps.Grafana.Queries;

namespace Sweeps.Grafana.Panels;

/// <summary>How a histogram goes on over time.</summary>
internal sealed record Heatmap(string Title, string About, string Unit, ImmutableArray<Target> Targets) : Panel(Title, About, Unit, Targets)
{
    public Heatmap(string title, string about, string unit, Selector histogram)
        : this(title, about, unit, [new("{{le}}", Promql.Buckets(histogram)) { Format = "heatmap" }])
    {
    }

    protected override string Kind => "heatmap";

    protected override bool CountsInSteps => true;

    protected override JsonObject Options() => new()
    {
        ["calculate"] = false,
        ["cellGap"] = 1,
        ["color"] = new JsonObject
        {
            ["mode"] = "scheme",
            ["scheme"] = "Oranges",
            ["scale"] = "exponential",
            ["exponent"] = 0.5,
            ["steps"] = 64,
            ["reverse"] = false,
            ["fill"] = "dark-orange",
        },
        ["exemplars"] = new JsonObject { ["color"] = "rgba(255,0,255,0.7)" },
        ["filterValues"] = new JsonObject { ["le"] = 1e-9 },
        ["legend"] = new JsonObject { ["show"] = true },
        ["rowsFrame"] = new JsonObject { ["layout"] = "auto" },
        ["tooltip"] = new JsonObject { ["mode"] = "single", ["yHistogram"] = false },
        ["yAxis"] = new JsonObject { ["axisPlacement"] = "left", ["reverse"] = false, ["unit"] = Unit },
    };

    protected override JsonObject Custom() => new() { ["scaleDistribution"] = new JsonObject { ["type"] = "linear" } };
}
