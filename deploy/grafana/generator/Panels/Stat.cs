using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Sweeps.Grafana.Panels;

/// <summary>One figure, or a few, large.</summary>
internal sealed record Stat(string Title, string About, string Unit, ImmutableArray<Target> Targets) : Panel(Title, About, Unit, Targets)
{
    /// <summary>The series' names rather than their values.</summary>
    public bool ShowsNames { get; init; }

    protected override string Kind => "stat";

    protected override string ColorMode => Thresholds.IsEmpty ? "fixed" : "thresholds";

    protected override JsonObject Options() => new()
    {
        ["colorMode"] = "value",
        ["graphMode"] = Targets.All(target => target.IsInstant) ? "none" : "area",
        ["justifyMode"] = "auto",
        ["orientation"] = "auto",
        ["reduceOptions"] = new JsonObject { ["calcs"] = new JsonArray("lastNotNull"), ["fields"] = "", ["values"] = false },
        ["textMode"] = ShowsNames ? "name" : Targets.Length > 1 ? "value_and_name" : "auto",
    };
}
