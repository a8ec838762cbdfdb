using Microsoft.AspNetCore.Http;
using Sweeps.Dashboard.Api.Requests;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Status;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Api;

/// <summary><c>POST /sweeps</c>, and <c>POST /plan</c>, which says beforehand what would come of it.</summary>
internal static class Submissions
{
    public const int MostThreads = 1024;

    public const string Key = "Idempotency-Key";

    public static async Task<IResult> PostAsync(HttpContext context, SweepSource source, CancellationToken cancellation)
    {
        var query = new RequestQuery(context.Request.Query);
        var demands = new SweepDemands(
            (int)(query.Integer("priority", -DemandWords.HighestPriority, DemandWords.HighestPriority) ?? 0),
            (int?)query.Integer("lanes", 1, int.MaxValue),
            DemandWords.Demand(query.OneOf("only", DemandWords.Processor, DemandWords.Accelerator)));
        var submission = SubmissionOf(context.Request, query);
        var (spec, problem) = await SentSpec.ReadAsync(context.Request, query, source.Catalogue).ConfigureAwait(false);
        if (spec is null) return problem!;

        string id = await source.Server.SubmitAsync(spec, demands, submission, cancellation).ConfigureAwait(false);
        context.Response.Headers.Location = $"{context.Request.PathBase}{ApiRoutes.Prefix}/sweeps/{Uri.EscapeDataString(id)}";
        // It is submitted, whatever becomes of the answer; who asks again with the same key gets the same sweep.
        return await SweepAnswer.OfAsync(source, id, cancellation, StatusCodes.Status201Created).ConfigureAwait(false)
            ?? await SweepAnswer.UnknownAsync(source, id, cancellation).ConfigureAwait(false);
    }

    public static async Task<IResult> PlanAsync(HttpContext context, SweepSource source)
    {
        var query = new RequestQuery(context.Request.Query);
        int threads = (int)(query.Integer("threads", 1, MostThreads) ?? 1);
        var (spec, problem) = await SentSpec.ReadAsync(context.Request, query, source.Catalogue).ConfigureAwait(false);
        if (spec is null) return problem!;
        var forecast = new SweepForecast(spec, threads);
        return JsonAnswer.Of(writer => PlanJson.Write(writer, forecast));
    }

    private static Guid SubmissionOf(HttpRequest request, RequestQuery query)
    {
        if (!request.Headers.TryGetValue(Key, out var values)) return Guid.NewGuid();
        string[] words = [.. values.Select(value => value ?? "")];
        if (words is [var word] && Guid.TryParse(word, out var key)) return key;
        query.Add($"{Key} is {Shown.As(string.Join(", ", words))}, not a UUID; make one for each submission, and send it again with a repeated one");
        return default;
    }
}
