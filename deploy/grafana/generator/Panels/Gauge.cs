using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Sweeps.Grafana.Panels;

/// <summary>How much of a whole: as a dial, or as bars, one for each series.</summary>
internal sealed record Gauge(string Title, string About, string Unit, ImmutableArray<Target> Targets) : Panel(Title, About, Unit, Targets)
{
    public bool IsBars { get; init; }

    protected override string Kind => IsBars ? "bargauge" : "gauge";

    protected override string ColorMode => "thresholds";

    protected override JsonObject Options()
    {
        JsonObject options = new()
        {
            ["orientation"] = IsBars ? "horizontal" : "auto",
            ["reduceOptions"] = new JsonObject { ["calcs"] = new JsonArray("lastNotNull"), ["fields"] = "", ["values"] = false },
        };
        if (IsBars) (options["displayMode"], options["showUnfilled"], options["valueMode"]) = ("basic", true, "color");
        else (options["showThresholdLabels"], options["showThresholdMarkers"]) = (false, true);
        return options;
    }
}
