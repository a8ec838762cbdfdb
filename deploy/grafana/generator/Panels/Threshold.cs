using System.Text.Json.Nodes;

namespace Sweeps.Grafana.Panels;

/// <summary>From a value on, a colour.</summary>
internal sealed record Threshold(double From, string Color)
{
    /// <summary>Grafana's form: the first has no value, and holds from the bottom.</summary>
    /// <param name="lowest">Colour below all of them.</param>
    /// <param name="steps">Ascending.</param>
    public static JsonObject ToJson(string lowest, IEnumerable<Threshold> steps) => new()
    {
        ["mode"] = "absolute",
        ["steps"] = new JsonArray(
        [
            new JsonObject { ["color"] = lowest, ["value"] = null },
            .. steps.Select(step => new JsonObject { ["color"] = step.Color, ["value"] = step.From }),
        ]),
    };
}
