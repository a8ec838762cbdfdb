using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sweeps.Grafana.Dashboards;

/// <summary>A dashboard, and Grafana's form of it.</summary>
/// <param name="Uid">For ever the same: links and bookmarks name it.</param>
/// <param name="Title">In the list of dashboards.</param>
/// <param name="About">One sentence.</param>
/// <param name="Variables">From the left.</param>
/// <param name="Sections">From the top.</param>
internal sealed record Dashboard(
    string Uid, string Title, string About, ImmutableArray<Variable> Variables, ImmutableArray<Section> Sections)
{
    // Of Grafana 10; later ones bring it up to theirs when they read it.
    private const int SchemaVersion = 38;

    private const string Tag = "sweeps";

    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string FileName => $"{Uid}.json";

    /// <summary>The same text always.</summary>
    public string ToJson() => new JsonObject
    {
        ["uid"] = Uid,
        ["title"] = Title,
        ["description"] = About,
        ["tags"] = new JsonArray(Tag),
        ["schemaVersion"] = SchemaVersion,
        ["version"] = 1,
        ["id"] = null,
        ["editable"] = true,
        ["fiscalYearStartMonth"] = 0,
        ["graphTooltip"] = 1,
        ["liveNow"] = false,
        ["refresh"] = "10s",
        ["time"] = new JsonObject { ["from"] = "now-1h", ["to"] = "now" },
        ["timepicker"] = new JsonObject(),
        ["timezone"] = "",
        ["weekStart"] = "",
        ["links"] = new JsonArray(LinkToAll()),
        ["annotations"] = new JsonObject { ["list"] = new JsonArray(OwnAnnotations()) },
        ["templating"] = new JsonObject { ["list"] = new JsonArray([.. Variables.Select(variable => variable.Json.DeepClone())]) },
        ["panels"] = Placed(),
    }.ToJsonString(Written) + "\n";

    private JsonArray Placed()
    {
        JsonArray panels = [];
        int id = 0, top = 0;
        foreach (var section in Sections)
        {
            var inside = panels;
            if (section.Title is not null)
            {
                inside = section.IsCollapsed ? [] : panels;
                panels.Add((JsonNode)new JsonObject
                {
                    ["id"] = ++id,
                    ["type"] = "row",
                    ["title"] = section.Title,
                    ["collapsed"] = section.IsCollapsed,
                    ["gridPos"] = Place(0, top++, 24, 1),
                    ["panels"] = section.IsCollapsed ? inside : new JsonArray(),
                });
            }
            foreach (var row in section.Rows)
            {
                foreach (var (panel, at, width) in row.Places())
                    inside.Add((JsonNode)panel.ToJson(++id, Place(at, top, width, row.Height)));
                top += row.Height;
            }
        }
        return panels;
    }

    private static JsonObject Place(int x, int y, int width, int height) => new() { ["x"] = x, ["y"] = y, ["w"] = width, ["h"] = height };

    // From each to the others, with the choices and the time shown.
    private static JsonObject LinkToAll() => new()
    {
        ["type"] = "dashboards",
        ["title"] = "Sweeps",
        ["tags"] = new JsonArray(Tag),
        ["asDropdown"] = false,
        ["icon"] = "external link",
        ["includeVars"] = true,
        ["keepTime"] = true,
        ["targetBlank"] = false,
        ["tooltip"] = "",
        ["url"] = "",
    };

    // Grafana adds it where it is missing, and would show the dashboard as changed.
    private static JsonObject OwnAnnotations() => new()
    {
        ["builtIn"] = 1,
        ["datasource"] = new JsonObject { ["type"] = "grafana", ["uid"] = "-- Grafana --" },
        ["enable"] = true,
        ["hide"] = true,
        ["iconColor"] = "rgba(0, 211, 255, 1)",
        ["name"] = "Annotations & Alerts",
        ["type"] = "dashboard",
    };
}
