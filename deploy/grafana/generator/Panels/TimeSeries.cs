using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Sweeps.Grafana.Panels;

/// <summary>Figures over time.</summary>
internal sealed record TimeSeries(string Title, string About, string Unit, ImmutableArray<Target> Targets)
    : Panel(Title, About, Unit, Targets)
{
    /// <summary>On one another: parts of a whole.</summary>
    public bool IsStacked { get; init; }

    /// <summary>Events in each step rather than a course.</summary>
    public bool IsBars { get; init; }

    public bool IsLogarithmic { get; init; }

    protected override string Kind => "timeseries";

    // Many series: each its own colour; the thresholds are lines.
    protected override string ColorMode => "palette-classic";

    protected override JsonObject Options() => new()
    {
        ["legend"] = new JsonObject
        {
            ["calcs"] = IsBars ? new JsonArray("sum") : new JsonArray("lastNotNull", "max"),
            ["displayMode"] = "table",
            ["placement"] = "bottom",
            ["showLegend"] = true,
        },
        ["tooltip"] = new JsonObject { ["mode"] = "multi", ["sort"] = "desc" },
    };

    protected override JsonObject Custom() => new()
    {
        ["axisPlacement"] = "auto",
        ["drawStyle"] = IsBars ? "bars" : "line",
        ["fillOpacity"] = IsBars ? 80 : IsStacked ? 30 : 0,
        ["lineInterpolation"] = "linear",
        ["lineWidth"] = 1,
        ["scaleDistribution"] = IsLogarithmic
            ? new JsonObject { ["type"] = "log", ["log"] = 10 } : new JsonObject { ["type"] = "linear" },
        ["showPoints"] = "never",
        ["spanNulls"] = false,
        ["stacking"] = new JsonObject { ["group"] = "A", ["mode"] = IsStacked ? "normal" : "none" },
        ["thresholdsStyle"] = new JsonObject { ["mode"] = Thresholds.IsEmpty ? "off" : "dashed" },
    };
}
