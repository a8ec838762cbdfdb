using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sweeps.Dashboard.Api.Bodies;
using Sweeps.Dashboard.Api.Problems;

namespace Sweeps.Dashboard.Api.OpenApi;

/// <summary>Gives routes their descriptions.</summary>
internal static class DescribedRoutes
{
    // Whatever the route: who asks, how often, and whether the cluster answers.
    private static readonly int[] AnywhereProblems =
    [
        StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests,
        StatusCodes.Status500InternalServerError, StatusCodes.Status502BadGateway, StatusCodes.Status503ServiceUnavailable,
    ];

    /// <param name="route">The route.</param>
    /// <param name="name">Its name for generated clients.</param>
    /// <param name="summary">One sentence.</param>
    /// <param name="description">The rest.</param>
    public static void Describe(this RouteHandlerBuilder route, string name, string summary, RouteDescription description)
    {
        route.WithName(name).WithSummary(summary).WithMetadata(description);
        foreach (var (status, _, body, types) in description.Answers)
            route.Produces(status, body, types.IsDefaultOrEmpty ? body is null ? null : "application/json" : types[0],
                types.IsDefaultOrEmpty ? [] : [.. types[1..]]);
        foreach (int status in description.Problems.Concat(AnywhereProblems).Distinct().Order())
            route.Produces<ProblemBody>(status, ApiProblem.ContentType);
    }
}
