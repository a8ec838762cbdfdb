using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Sweeps.Dashboard.Api.OpenApi;

/// <summary>A parameter of a route, as its description says it; the route itself reads and checks it.</summary>
internal sealed record ApiParameter(string Name, ParameterLocation In, string Description, JsonSchemaType Type)
{
    public static ApiParameter Id { get; } =
        new("id", ParameterLocation.Path, "The sweep's id, as drift-17, or its number alone.", JsonSchemaType.String);

    public static ApiParameter Set { get; } = Repeated("set",
        "KEY=VALUE: give a key this value, whatever the spec says; a list [1, 2] or a range { from: 0, to: 1, count: 5 } makes it an axis.");

    public ImmutableArray<string> Words { get; private init; } = [];

    public bool IsRepeated { get; private init; }

    /// <summary>Whether it stands for parameters of any name.</summary>
    public bool IsOpen { get; private init; }

    public string? Format { get; private init; }

    public (long Minimum, long Maximum)? Range { get; private init; }

    public static ApiParameter Flag(string name, string description) => new(name, ParameterLocation.Query, description, JsonSchemaType.Boolean);

    public static ApiParameter Word(string name, string description) => new(name, ParameterLocation.Query, description, JsonSchemaType.String);

    public static ApiParameter Choice(string name, string description, params string[] words) => Word(name, description) with { Words = [.. words] };

    public static ApiParameter Repeated(string name, string description) => Word(name, description) with { IsRepeated = true };

    public static ApiParameter Keys(string name, string description) => Word(name, description) with { IsOpen = true };

    public static ApiParameter Integer(string name, string description, long minimum, long maximum) =>
        new(name, ParameterLocation.Query, description, JsonSchemaType.Integer) { Range = (minimum, maximum), Format = "int64" };

    public static ApiParameter Header(string name, string description, string? format = null) =>
        new(name, ParameterLocation.Header, description, JsonSchemaType.String) { Format = format };

    public OpenApiParameter ToOpenApi() => new()
    {
        Name = Name,
        In = In,
        Description = Description,
        Required = In is ParameterLocation.Path,
        Style = IsOpen || IsRepeated ? ParameterStyle.Form : null,
        Explode = IsOpen || IsRepeated,
        Schema = Schema(),
    };

    private OpenApiSchema Schema()
    {
        var one = new OpenApiSchema { Type = Type, Format = Format };
        if (!Words.IsEmpty) one.Enum = [.. Words.Select(word => (JsonNode)JsonValue.Create(word))];
        if (Range is var (minimum, maximum))
        {
            one.Minimum = minimum.ToString(CultureInfo.InvariantCulture);
            if (maximum < long.MaxValue) one.Maximum = maximum.ToString(CultureInfo.InvariantCulture);
        }
        return this switch
        {
            { IsRepeated: true } => new() { Type = JsonSchemaType.Array, Items = one },
            { IsOpen: true } => new() { Type = JsonSchemaType.Object, AdditionalProperties = one },
            _ => one,
        };
    }
}
