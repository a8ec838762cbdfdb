using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Sweeps.Grafana.Panels;

/// <summary>A panel, without its place.</summary>
/// <param name="Title">A few words.</param>
/// <param name="About">What it shows, and what to make of it; whence the figures come is added from the declarations.</param>
/// <param name="Unit">Of <see cref="Units"/>.</param>
/// <param name="Targets">What it asks.</param>
internal abstract record Panel(string Title, string About, string Unit, ImmutableArray<Target> Targets)
{
    /// <summary>Of 24 columns; 0: an equal part of what the others of its row leave.</summary>
    public int Width { get; init; }

    /// <summary>Ascending; none: no colours.</summary>
    public ImmutableArray<Threshold> Thresholds { get; init; } = [];

    /// <summary>Below the first threshold.</summary>
    public string Lowest { get; init; } = "green";

    /// <summary>Colours of series, by the name that the legend gives them.</summary>
    public ImmutableArray<(string Name, string Color)> Colors { get; init; } = [];

    public (double Min, double Max)? Range { get; init; }

    public int? Decimals { get; init; }

    /// <summary>What stands there when nothing is answered.</summary>
    public string? WhenNothing { get; init; }

    /// <summary>Where a click on a value leads.</summary>
    public (string Title, string Url)? Link { get; init; }

    protected abstract string Kind { get; }

    /// <summary>Whether it shows how many came in each step, which is then a minute at least.</summary>
    protected virtual bool CountsInSteps => Targets.Any(target => target.Query.Text.Contains("$__interval", StringComparison.Ordinal));

    public JsonObject ToJson(int id, JsonObject place)
    {
        JsonObject json = new()
        {
            ["id"] = id,
            ["type"] = Kind,
            ["title"] = Title,
            ["description"] = About + Sources(),
            ["datasource"] = Target.Source(),
            ["gridPos"] = place,
            ["targets"] = new JsonArray([.. Targets.Select((target, index) => target.ToJson((char)('A' + index)))]),
            ["fieldConfig"] = new JsonObject { ["defaults"] = Defaults(), ["overrides"] = new JsonArray([.. Overrides()]) },
            ["options"] = Options(),
        };
        if (CountsInSteps) json["interval"] = "1m";
        if (Transformations() is { Count: > 0 } transformations) json["transformations"] = transformations;
        return json;
    }

    protected abstract JsonObject Options();

    /// <summary>How the kind of panel draws a field.</summary>
    protected virtual JsonObject Custom() => [];

    /// <summary>What colours a value where no series has its own.</summary>
    protected virtual string ColorMode => Thresholds.IsEmpty ? "palette-classic" : "thresholds";

    protected virtual IEnumerable<JsonNode> Overrides() => Colors.Select(one => (JsonNode)Override(
        one.Name, ("color", new JsonObject { ["mode"] = "fixed", ["fixedColor"] = one.Color })));

    protected virtual JsonArray Transformations() => [];

    protected static JsonObject Override(string name, params (string Id, JsonNode Value)[] properties) => new()
    {
        ["matcher"] = new JsonObject { ["id"] = "byName", ["options"] = name },
        ["properties"] = new JsonArray([.. properties.Select(one => new JsonObject { ["id"] = one.Id, ["value"] = one.Value })]),
    };

    protected static JsonObject LinkTo((string Title, string Url) link) => new() { ["title"] = link.Title, ["url"] = link.Url };

    private JsonObject Defaults()
    {
        JsonObject defaults = new()
        {
            ["unit"] = Unit,
            ["color"] = new JsonObject { ["mode"] = ColorMode },
            ["custom"] = Custom(),
            ["mappings"] = new JsonArray(),
            ["thresholds"] = Threshold.ToJson(Lowest, Thresholds),
        };
        // Grafana has no colour of its own for it.
        if (ColorMode == "fixed") defaults["color"]!["fixedColor"] = "text";
        if (Range is var (min, max)) (defaults["min"], defaults["max"]) = (min, max);
        if (Decimals is { } decimals) defaults["decimals"] = decimals;
        if (WhenNothing is not null) defaults["noValue"] = WhenNothing;
        if (Link is { } link) defaults["links"] = new JsonArray(LinkTo(link));
        return defaults;
    }

    private string Sources() => string.Concat(Targets.SelectMany(target => target.Query.Sources).DistinctBy(metric => metric.Name)
        .Select(metric => $"\n\n`{metric.Name}`: {metric.Description}"));
}
