using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Sweeps.Dashboard.Hosting;

namespace Sweeps.Dashboard.Pages;

/// <summary>The pages, and the addresses that they are at.</summary>
internal static class PageRoutes
{
    public static void MapPages(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/", async (SweepSource source, CancellationToken cancellation) => new RazorComponentResult<SweepsPage>(
            new { Sweeps = await source.Server.ListAsync(true, cancellation).ConfigureAwait(false) }));
}
