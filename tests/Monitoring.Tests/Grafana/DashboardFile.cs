using System.Text.Json.Nodes;

namespace Sweeps.Monitoring.Tests.Grafana;

/// <summary>A committed dashboard, read without a look at what made it.</summary>
internal sealed record DashboardFile(string Path, JsonObject Json)
{
    /// <summary>In the checkout.</summary>
    public static readonly string Folder = Checkout.Path("deploy/grafana/dashboards");

    public static DashboardFile[] All { get; } =
    [
        .. Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal)
            .Select(path => new DashboardFile(path, (JsonObject)JsonNode.Parse(File.ReadAllText(path))!)),
    ];

    /// <summary>Also those in closed rows, and the rows.</summary>
    public IEnumerable<JsonObject> PanelsAndRows => Inside(Json);

    public IEnumerable<JsonObject> Panels => PanelsAndRows.Where(panel => Text(panel, "type") != "row");

    public IEnumerable<JsonObject> Variables => Json["templating"]!["list"]!.AsArray().Cast<JsonObject>();

    public IEnumerable<PanelQuery> Queries => Panels.SelectMany(panel => panel["targets"]!.AsArray().Select(target => new PanelQuery(
        $"{Text(Json, "title")} / {Text(panel, "title")}", Text(target!, "expr"), (bool)target!["instant"]!)));

    public override string ToString() => Path;

    public static string Text(JsonNode node, string key) => (string?)node[key] ?? "";

    private static IEnumerable<JsonObject> Inside(JsonObject node) => (node["panels"] as JsonArray ?? [])
        .Cast<JsonObject>().SelectMany(panel => Inside(panel).Prepend(panel));
}

/// <summary>What a panel asks.</summary>
internal sealed record PanelQuery(string Where, string Expression, bool IsInstant);
