using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Security;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Pages.Forms;

/// <summary>Submitting and extending. A form that was sent with mistakes, or only to plan, comes back with all that was typed.</summary>
internal static class FormRoutes
{
    private const string TooLarge = "This is no form with a spec, or one that is too large; a spec has at most a mebibyte.";

    public static void MapForms(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Addresses.Submit, SubmitFormAsync).RequireAuthorization(Policies.Operate);
        routes.MapPost(Addresses.Submit, SubmitAsync).RequireAuthorization(Policies.Operate).DisableAntiforgery();
        routes.MapGet("/sweeps/{id}/extend", ExtendFormAsync).RequireAuthorization(Policies.Operate);
        routes.MapPost("/sweeps/{id}/extend", ExtendAsync).RequireAuthorization(Policies.Operate).DisableAntiforgery();
    }

    private static async Task<IResult> SubmitFormAsync(HttpContext http, SweepSource source) => SubmitPage(
        await PageFrame.OfAsync(http, source).ConfigureAwait(false), source,
        new() { Text = SpecExample.For(source.Catalogue), Submission = Guid.NewGuid() });

    private static async Task<IResult> SubmitAsync(HttpContext http, SweepSource source, CancellationToken cancellation)
    {
        var frame = await PageFrame.OfAsync(http, source).ConfigureAwait(false);
        if (await SentSpec.ReadAsync(http, source.Catalogue, cancellation).ConfigureAwait(false) is not { } sent)
            return NoForm(frame, Addresses.Submit);
        if (sent is not { Starts: true, Spec: { } spec }) return SubmitPage(frame, source, sent.Data);
        string id = await source.Server.SubmitAsync(spec, sent.Demands, sent.Data.Submission, cancellation).ConfigureAwait(false);
        return SeeOther(Addresses.OfSweepSaying(id, "submitted"));
    }

    private static async Task<IResult> ExtendFormAsync(string id, HttpContext http, SweepSource source, CancellationToken cancellation)
    {
        var frame = await PageFrame.OfAsync(http, source).ConfigureAwait(false);
        if (await source.Server.FindAsync(id, cancellation).ConfigureAwait(false) is not { } sweep)
            return await PageResults.UnknownSweepAsync(frame, source, id, cancellation).ConfigureAwait(false);
        return Stored(sweep, source) is { } spec
            ? ExtendPage(frame, sweep, new() { Text = SpecYaml.Of(spec), Submission = Guid.NewGuid() })
            : Unreadable(frame, sweep);
    }

    private static async Task<IResult> ExtendAsync(string id, HttpContext http, SweepSource source, CancellationToken cancellation)
    {
        var frame = await PageFrame.OfAsync(http, source).ConfigureAwait(false);
        if (await source.Server.FindAsync(id, cancellation).ConfigureAwait(false) is not { } sweep)
            return await PageResults.UnknownSweepAsync(frame, source, id, cancellation).ConfigureAwait(false);
        if (Stored(sweep, source) is not { } stored) return Unreadable(frame, sweep);
        if (await SentSpec.ReadAsync(http, source.Catalogue, cancellation).ConfigureAwait(false) is not { } sent)
            return NoForm(frame, Addresses.OfSweep(sweep.Id, "extend"));
        if (sent.Spec is not { } larger) return ExtendPage(frame, sweep, sent.Data);
        var data = SpecComparison.Compare(stored, larger) switch
        {
            SpecComparison.Same => Wrong(sent.Data, $"{sweep.Id} has these points already; add values to its axes"),
            SpecComparison.Different { Differences: var differences } => Wrong(sent.Data,
                [.. differences.Select(difference => $"This is another sweep: {difference}; submit it for itself")]),
            _ => sent.Data with { PointsBefore = sweep.Points },
        };
        if (!sent.Starts || data.MistakeCount > 0) return ExtendPage(frame, sweep, data);
        var answer = await source.Server.ExtendAsync(sweep.Id, stored.Hash, larger, cancellation).ConfigureAwait(false);
        return answer is ServerAnswer.Unknown
            ? await PageResults.UnknownSweepAsync(frame, source, sweep.Id, cancellation).ConfigureAwait(false)
            : SeeOther(Addresses.OfSweepSaying(sweep.Id, RequestWords.Of("extended", answer)));
    }

    /// <summary>To the page that shows what a form has done; loading that page again does nothing.</summary>
    public static IResult SeeOther(string address) => new SeeOtherResult(address);

    private static SpecFormData Wrong(SpecFormData data, params string[] sentences) =>
        data with { OtherMistakes = [.. sentences], Forecast = null };

    private static SweepSpec? Stored(ServerSweep sweep, SweepSource source) =>
        SweepSpec.FromJson(sweep.SpecJson, sweep.Id, source.Catalogue).Spec;

    private static IResult SubmitPage(PageFrame frame, SweepSource source, SpecFormData data) => PageResults.Component<SubmitPage>(
        new { Frame = frame, Data = data, source.Catalogue }, StatusOf(data));

    private static IResult ExtendPage(PageFrame frame, ServerSweep sweep, SpecFormData data) => PageResults.Component<ExtendPage>(
        new { Frame = frame, Sweep = sweep, Data = data }, StatusOf(data));

    private static int StatusOf(SpecFormData data) =>
        data.MistakeCount > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;

    private static IResult NoForm(PageFrame frame, string back) => PageResults.Component<TroublePage>(
        new { Frame = frame, Heading = "Not a spec", Sentence = TooLarge, Back = back }, StatusCodes.Status413PayloadTooLarge);

    private static IResult Unreadable(PageFrame frame, ServerSweep sweep) => PageResults.Component<TroublePage>(
        new
        {
            Frame = frame,
            Heading = $"{sweep.Id} cannot be extended here",
            Sentence = $"It was submitted by version {Shown.OneLine(sweep.SoftwareVersion)}, and this version cannot read its spec; extend it with that version.",
            Back = Addresses.OfSweep(sweep.Id),
        },
        StatusCodes.Status409Conflict);

    private sealed class SeeOtherResult(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }
}
