using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sweeps.Dashboard.Hosting;

/// <summary>What those who watch over processes ask.</summary>
internal static class HealthRoutes
{
    public const string Live = "/health/live";

    /// <summary>Whether it answers at all; whether there is a cluster behind it is another question, and for those who may look.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Live, () => Results.Text("alive\n")).AllowAnonymous();
}
