using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Live;
using Sweeps.Dashboard.Pages.Diagram;
using Sweeps.Dashboard.Pages.Forms;
using Sweeps.Dashboard.Pages.Points;
using Sweeps.Dashboard.Security;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Pages;

/// <summary>The pages of one sweep, and what can be asked of it.</summary>
internal static class SweepRoutes
{
    public static void MapSweep(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sweeps/{id}", SweepAsync);
        routes.MapGet("/sweeps/{id}/events", EventsAsync);
        routes.MapGet("/sweeps/{id}/points/{point:long}", PointAsync);
        routes.MapGet("/sweeps/{id}/cancel", CancelFormAsync).RequireAuthorization(Policies.Operate);
        MapAsking(routes, "pause", "paused", (server, sweep, cancellation) => server.PauseAsync(sweep.Id, cancellation));
        MapAsking(routes, "resume", "resumed", (server, sweep, cancellation) => server.ResumeAsync(sweep.Id, Budget(sweep), cancellation));
        MapAsking(routes, "cancel", "cancelled", (server, sweep, cancellation) => server.CancelAsync(sweep.Id, cancellation));
    }

    private static void MapAsking(
        IEndpointRouteBuilder routes, string verb, string done, Func<ISweepServer, ServerSweep, CancellationToken, Task<ServerAnswer>> ask) =>
        routes.MapPost($"/sweeps/{{id}}/{verb}", async (string id, HttpContext http, SweepSource source, CancellationToken cancellation) =>
        {
            if (await source.Server.FindAsync(id, cancellation).ConfigureAwait(false) is { } sweep
                && await ask(source.Server, sweep, cancellation).ConfigureAwait(false) is var answer and not ServerAnswer.Unknown)
                return FormRoutes.SeeOther(Addresses.OfSweepSaying(sweep.Id, RequestWords.Of(done, answer)));
            return await UnknownAsync(http, source, id, cancellation).ConfigureAwait(false);
        }).RequireAuthorization(Policies.Operate).DisableAntiforgery();

    private static async Task<IResult> SweepAsync(
        string id, HttpContext http, SweepSource source, SweepViews views, DiagramViews diagrams, CancellationToken cancellation)
    {
        var frame = await PageFrame.OfAsync(http, source).ConfigureAwait(false);
        if (await views.FindAsync(id, frame.MayOperate, cancellation).ConfigureAwait(false) is not { } view)
            return await PageResults.UnknownSweepAsync(frame, source, id, cancellation).ConfigureAwait(false);
        // A sweep may be asked for by its number.
        if (view.Sweep.Id != id) return Results.LocalRedirect(Addresses.OfSweep(view.Sweep.Id) + http.Request.QueryString);
        var diagram = view.Details.Spec is { } spec
            ? await diagrams.MakeAsync(view.Sweep, spec, http.Request.Query, cancellation).ConfigureAwait(false)
            : null;
        return PageResults.Component<SweepPage>(
            new { Frame = frame, View = view, Diagram = diagram, Said = RequestWords.Sentence(http.Request.Query["said"], source.ResumeLine) });
    }

    private static async Task<IResult> EventsAsync(
        string id, HttpContext http, SweepSource source, PageFeeds feeds, CancellationToken cancellation) =>
        await source.Server.FindAsync(id, cancellation).ConfigureAwait(false) is { } sweep
            ? new EventStream(feeds.FollowSweepAsync(sweep.Id, await Actor.MayOperateAsync(http).ConfigureAwait(false), http.RequestAborted))
            : Results.NotFound();

    private static async Task<IResult> PointAsync(
        string id, long point, HttpContext http, SweepSource source, PointViews points, CancellationToken cancellation)
    {
        var frame = await PageFrame.OfAsync(http, source).ConfigureAwait(false);
        if (await source.Server.FindAsync(id, cancellation).ConfigureAwait(false) is not { } sweep)
            return await PageResults.UnknownSweepAsync(frame, source, id, cancellation).ConfigureAwait(false);
        if (SweepSpec.FromJson(sweep.SpecJson, sweep.Id, source.Catalogue).Spec is { } spec
            && await points.FindAsync(sweep, spec, point, cancellation).ConfigureAwait(false) is { } view)
            return PageResults.Component<PointPage>(new { Frame = frame, View = view });
        return PageResults.Component<TroublePage>(
            new
            {
                Frame = frame,
                Heading = "No such point",
                Sentence = $"{sweep.Id} has {Display.Numbers.Counted(sweep.Points, "point")}, numbered from 0.",
                Back = Addresses.OfSweep(sweep.Id),
            },
            StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> CancelFormAsync(string id, HttpContext http, SweepSource source, CancellationToken cancellation) =>
        await source.Server.FindAsync(id, cancellation).ConfigureAwait(false) is { } sweep
            ? PageResults.Component<CancelPage>(new { Frame = await PageFrame.OfAsync(http, source).ConfigureAwait(false), Sweep = sweep })
            : await UnknownAsync(http, source, id, cancellation).ConfigureAwait(false);

    // One that has stopped by itself goes on only if more may fail.
    private static long? Budget(ServerSweep sweep) => sweep.Progress.PointsFailed > sweep.FailureBudget
        ? FailureBudget.Of(sweep.Points, sweep.Progress.PointsFailed)
        : null;

    private static async Task<IResult> UnknownAsync(HttpContext http, SweepSource source, string id, CancellationToken cancellation) =>
        await PageResults.UnknownSweepAsync(await PageFrame.OfAsync(http, source).ConfigureAwait(false), source, id, cancellation)
            .ConfigureAwait(false);
}
