using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sweeps.Dashboard.Api.Bodies;

/// <summary>A spec as it is sent, in YAML or JSON; checked by the reader of specs, never by this.</summary>
[Description("A spec in YAML or JSON, as for the command line; or, in JSON, the canonical spec of a sweep.")]
internal sealed record SpecBody
{
    [Description("Letters, digits, '-' and '_'.")]
    public required string Name { get; init; }

    public required string Experiment { get; init; }

    [Description("By key a list, a range { from, to, count } or a log range { log_from, log_to, count }.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement Axes { get; init; }

    [Description("Values by key; keys that stand nowhere have their defaults.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement Fixed { get; init; }

    [Description("Where curves are taken: a list or a range of OU times.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement Times { get; init; }

    public IReadOnlyList<string>? Measure { get; init; }

    public long? Seed { get; init; }
}
