using System.Collections.Immutable;

namespace Sweeps.Dashboard.Api.OpenApi;

/// <summary>What a route takes and answers, for the API's description.</summary>
internal sealed record RouteDescription
{
    public ImmutableArray<ApiParameter> Parameters { get; init; } = [];

    public required ImmutableArray<ApiAnswer> Answers { get; init; }

    /// <summary>HTTP statuses of problems, beside those that every route may have.</summary>
    public required ImmutableArray<int> Problems { get; init; }
}
