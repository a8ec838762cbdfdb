using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Sweeps.Dashboard.Api.Bodies;
using Sweeps.Dashboard.Api.Problems;
using Sweeps.Dashboard.Api.Requests;
using Sweeps.Dashboard.Hosting;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Api;

/// <summary><c>GET /sweeps</c>: a page of the sweeps, newest first.</summary>
internal static class SweepList
{
    public const int UsualPage = 100, LongestPage = 1000;

    public static async Task<IResult> GetAsync(HttpContext context, SweepSource source, CancellationToken cancellation)
    {
        var query = new RequestQuery(context.Request.Query);
        bool ended = query.Flag("ended"), specs = query.Flag("specs");
        int limit = (int)(query.Integer("limit", 1, LongestPage) ?? UsualPage);
        string? after = query.Word("after");
        var cursor = after is null ? null : SweepCursor.Read(after);
        if (after is not null && cursor is null) query.Add("after is not what a page said; take it from next");
        if (query.Mistakes() is { Length: > 0 } mistakes) return ApiProblem.Wrong(mistakes);

        var sweeps = await source.Server.ListAsync(ended, cancellation).ConfigureAwait(false);
        int from = cursor?.PlaceIn(sweeps) ?? 0;
        ServerSweep[] page = [.. sweeps.Skip(from).Take(limit)];
        string? next = from + page.Length < sweeps.Length ? Next(context.Request, ended, specs, limit, page[^1]) : null;
        if (next is not null) context.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        return JsonAnswer.Of(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("sweeps");
            foreach (var sweep in page)
            {
                writer.WriteStartObject();
                SweepBody.WriteProperties(writer, sweep);
                if (specs) SweepBody.WriteSpec(writer, sweep);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteString("next", next);
            writer.WriteEndObject();
        });
    }

    private static string Next(HttpRequest request, bool ended, bool specs, int limit, ServerSweep last)
    {
        var query = new QueryBuilder();
        if (ended) query.Add("ended", "true");
        if (specs) query.Add("specs", "true");
        query.Add("limit", limit.ToString(CultureInfo.InvariantCulture));
        query.Add("after", new SweepCursor(last.Id, last.SubmittedAt).Text);
        return $"{request.PathBase}{ApiRoutes.Prefix}/sweeps{query.ToQueryString()}";
    }
}
