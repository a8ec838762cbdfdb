using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sweeps.Dashboard.Assets;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Live;
using Sweeps.Dashboard.Pages.Diagram;
using Sweeps.Dashboard.Pages.Forms;
using Sweeps.Dashboard.Pages.Points;

namespace Sweeps.Dashboard.Pages;

/// <summary>The pages, and the addresses that they are at.</summary>
internal static class PageRoutes
{
    public static IServiceCollection AddPages(this IServiceCollection services, SweepSource source) => services
        .AddSingleton<ComponentText>()
        .AddSingleton(new SweepViews(source))
        .AddSingleton(new PointViews(source))
        .AddSingleton<FigureCache>()
        .AddSingleton(provider => new DiagramViews(provider.GetRequiredService<FigureCache>(), source.Clock))
        .AddSingleton<PageFeeds>();

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapAssets();
        var pages = routes.MapGroup("").AddEndpointFilter<PageTroubles>();
        pages.MapGet(Addresses.Sweeps, SweepsAsync);
        pages.MapGet(Addresses.SweepsEvents, (PageFeeds feeds, HttpContext http) => new EventStream(feeds.FollowSweepsAsync(http.RequestAborted)));
        pages.MapGet(Addresses.Silos, SilosAsync);
        pages.MapGet(Addresses.SilosEvents, (PageFeeds feeds, HttpContext http) => new EventStream(feeds.FollowSilosAsync(http.RequestAborted)));
        pages.MapSweep();
        pages.MapDiagrams();
        pages.MapForms();
    }

    private static async Task<IResult> SweepsAsync(HttpContext http, SweepSource source, CancellationToken cancellation)
    {
        int page = int.TryParse(http.Request.Query["ended"], NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : 1;
        var sweeps = await source.Server.ListAsync(true, cancellation).ConfigureAwait(false);
        return PageResults.Component<SweepsPage>(
            new { Frame = await PageFrame.OfAsync(http, source).ConfigureAwait(false), Paging = ListPaging.Of(sweeps, page) });
    }

    private static async Task<IResult> SilosAsync(HttpContext http, SweepSource source, CancellationToken cancellation) =>
        PageResults.Component<SilosPage>(new
        {
            Frame = await PageFrame.OfAsync(http, source).ConfigureAwait(false),
            Silos = await source.Server.SilosAsync(cancellation).ConfigureAwait(false),
            Now = source.Clock.GetUtcNow(),
        });
}
