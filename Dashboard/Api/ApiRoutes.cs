using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Status;

namespace Sweeps.Dashboard.Api;

/// <summary>The HTTP API: the program's verbs as JSON.</summary>
internal static class ApiRoutes
{
    public const string Prefix = "/api/v1";

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Prefix);
        api.MapGet("/sweeps/{id}", async (string id, SweepSource source, CancellationToken cancellation) =>
            await SweepDetails.FindAsync(source.Server, id, 100, source.Catalogue, cancellation).ConfigureAwait(false) is { } details
                ? Results.Text(details.Sweep.State().Word())
                : Results.NotFound());
    }
}
