using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Sweeps.Dashboard.Api.Problems;
using Sweeps.Dashboard.Api.Requests;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Status;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Dashboard.Api;

/// <summary><c>POST /sweeps/{id}/pause</c>, <c>resume</c>, <c>cancel</c> and <c>extend</c>: the sweep afterwards, or why not.</summary>
internal static class SweepControl
{
    public static async Task<IResult> PauseAsync(HttpContext context, SweepSource source, CancellationToken cancellation) =>
        context.HasWrongQuery() ?? await AnswerAsync(source, context.SweepId(), SweepRequest.Pause,
            await source.Server.PauseAsync(context.SweepId(), cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);

    public static async Task<IResult> CancelAsync(HttpContext context, SweepSource source, CancellationToken cancellation) =>
        context.HasWrongQuery() ?? await AnswerAsync(source, context.SweepId(), SweepRequest.Cancel,
            await source.Server.CancelAsync(context.SweepId(), cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);

    public static async Task<IResult> ResumeAsync(HttpContext context, SweepSource source, CancellationToken cancellation)
    {
        var query = new RequestQuery(context.Request.Query);
        long? budget = query.Integer("budget", 0, long.MaxValue);
        if (query.Mistakes() is { Length: > 0 } mistakes) return ApiProblem.Wrong(mistakes);
        return await AnswerAsync(source, context.SweepId(), SweepRequest.Resume,
            await source.Server.ResumeAsync(context.SweepId(), budget, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
    }

    public static async Task<IResult> ExtendAsync(HttpContext context, SweepSource source, CancellationToken cancellation)
    {
        string id = context.SweepId();
        var query = new RequestQuery(context.Request.Query);
        var expected = Expected(context.Request, query);
        var (larger, problem) = await SentSpec.ReadAsync(context.Request, query, source.Catalogue).ConfigureAwait(false);
        if (larger is null) return problem!;
        var (sweep, unknown) = await SweepAnswer.FindAsync(source, id, cancellation).ConfigureAwait(false);
        if (sweep is null) return unknown!;
        if (expected is not null && !await IsExpectedAsync(source, sweep, expected, cancellation).ConfigureAwait(false))
            return ApiProblem.Of(StatusCodes.Status412PreconditionFailed,
                $"{sweep.Id} is no longer what If-Match says; look at it again", Word(Refusal.PlanChanged));

        var extension = SpecExtension.Of(sweep, larger, source.Catalogue);
        if (!extension.IsRight)
            return ApiProblem.Conflicts(extension.Mistakes, "another_sweep");
        return await AnswerAsync(source, sweep.Id, SweepRequest.Extend,
            extension.Value.IsNew
                ? await source.Server.ExtendAsync(sweep.Id, extension.Value.From, larger, cancellation).ConfigureAwait(false)
                : new ServerAnswer.Done(),
            cancellation).ConfigureAwait(false);
    }

    /// <summary>The word of a refusal, for programs.</summary>
    public static string Word(Refusal reason) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());

    private static async Task<IResult> AnswerAsync(
        SweepSource source, string id, SweepRequest asked, ServerAnswer answer, CancellationToken cancellation) => answer switch
        {
            ServerAnswer.Refused { Reason: var reason } => ApiProblem.Of(
                StatusCodes.Status409Conflict,
                await RefusedRequest.SentenceAsync(source.Server, id, reason, asked, cancellation).ConfigureAwait(false), Word(reason)),
            ServerAnswer.Done when await SweepAnswer.OfAsync(source, id, cancellation).ConfigureAwait(false) is { } sweep => sweep,
            _ => await SweepAnswer.UnknownAsync(source, id, cancellation).ConfigureAwait(false),
        };

    // Null if anything will do.
    private static IList<EntityTagHeaderValue>? Expected(HttpRequest request, RequestQuery query)
    {
        if (request.Headers.IfMatch.Count == 0) return null;
        if (EntityTagHeaderValue.TryParseStrictList(request.Headers.IfMatch, out var tags))
            return tags.Contains(EntityTagHeaderValue.Any) ? null : tags;
        query.Add("If-Match has no tag in quotes; write the sweep's ETag or spec_hash, in quotes");
        return null;
    }

    private static async Task<bool> IsExpectedAsync(
        SweepSource source, ServerSweep sweep, IList<EntityTagHeaderValue> expected, CancellationToken cancellation)
    {
        if (Has($"\"{sweep.SpecHash}\"")) return true;
        return await SweepAnswer.OfAsync(source, sweep.Id, cancellation).ConfigureAwait(false) is { } now && Has(now.Tag);

        bool Has(string tag) => expected.Any(each => !each.IsWeak && each.Tag.Equals(tag, StringComparison.Ordinal));
    }
}
