using System.Collections.Immutable;

namespace Sweeps.Dashboard.Api.OpenApi;

/// <summary>An answer of a route when all is well.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Body">What it has as its body; null for none.</param>
/// <param name="ContentTypes">JSON, if none is named.</param>
internal sealed record ApiAnswer(int Status, string Description, Type? Body = null, params ImmutableArray<string> ContentTypes)
{
    public ImmutableArray<(string Name, string Description)> Headers { get; init; } = [];
}
