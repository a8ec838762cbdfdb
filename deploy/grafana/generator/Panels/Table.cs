using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sweeps.Grafana.Queries;

namespace Sweeps.Grafana.Panels;

/// <summary>A column of a table.</summary>
/// <param name="Title">Its head.</param>
/// <param name="Query">One value for each line.</param>
/// <param name="Unit">Of the value.</param>
internal sealed record Column(string Title, Query Query, string Unit)
{
    /// <summary>A label of the query that is shown in the place of its value.</summary>
    public string? Shows { get; init; }
}

/// <summary>A line for each value of a label, a column for each query.</summary>
internal sealed record Table(string Title, string About, string Key, string KeyTitle, ImmutableArray<Column> Columns)
    : Panel(Title, About, Units.Count, [.. Columns.Select(column => new Target("", column.Query) { IsInstant = true, Format = "table" })])
{
    /// <summary>Where a click on a line's key leads.</summary>
    public (string Title, string Url)? KeyLink { get; init; }

    /// <summary>More labels of the first query, each with its head.</summary>
    public ImmutableArray<(string Label, string Title)> MoreKeys { get; init; } = [];

    protected override string Kind => "table";

    protected override string ColorMode => "thresholds";

    protected override JsonObject Custom() => new() { ["align"] = "auto", ["cellOptions"] = new JsonObject { ["type"] = "auto" } };

    protected override JsonObject Options() => new()
    {
        ["cellHeight"] = "sm",
        ["showHeader"] = true,
        ["sortBy"] = new JsonArray(new JsonObject { ["displayName"] = KeyTitle, ["desc"] = false }),
    };

    protected override IEnumerable<JsonNode> Overrides() =>
    [
        .. KeyLink is { } link ? [Override(KeyTitle, ("links", new JsonArray(LinkTo(link))))] : Array.Empty<JsonNode>(),
        .. Columns.Where(column => column.Shows is null && column.Unit != Unit)
            .Select(column => Override(column.Title, ("unit", JsonValue.Create(column.Unit)))),
    ];

    protected override JsonArray Transformations()
    {
        JsonObject names = new() { [Key] = KeyTitle }, order = new() { [Key] = 0 }, hidden = new() { ["Time"] = true };
        foreach (var (label, title) in MoreKeys) (names[label], order[label]) = (title, order.Count);
        for (int index = 0; index < Columns.Length; index++)
        {
            // Grafana's name for the values of a query that is one of several.
            string value = Columns.Length == 1 ? "Value" : $"Value #{(char)('A' + index)}", shown = Columns[index].Shows ?? value;
            if (shown != value) hidden[value] = true;
            (names[shown], order[shown]) = (Columns[index].Title, order.Count);
        }
        return
        [
            new JsonObject { ["id"] = "merge", ["options"] = new JsonObject() },
            new JsonObject
            {
                ["id"] = "organize",
                ["options"] = new JsonObject { ["excludeByName"] = hidden, ["indexByName"] = order, ["renameByName"] = names },
            },
        ];
    }
}
