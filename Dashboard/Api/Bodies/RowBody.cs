using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sweeps.Dashboard.Api.Bodies;

/// <summary>A row of a dataset.</summary>
[Description("Numbers and words by column; null where there is no value.")]
internal sealed record RowBody
{
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Columns { get; init; }
}
