using Microsoft.AspNetCore.Http;
using Sweeps.Dashboard.Api.Problems;
using Sweeps.Dashboard.Api.Requests;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Status;

namespace Sweeps.Dashboard.Api;

/// <summary><c>GET /sweeps/{id}/evidence</c>: what happened to chunks that failed or lost their worker.</summary>
internal static class Evidence
{
    public const int Usual = 100, Most = 10_000;

    public static async Task<IResult> GetAsync(HttpContext context, SweepSource source, CancellationToken cancellation)
    {
        var query = new RequestQuery(context.Request.Query);
        int limit = (int)(query.Integer("limit", 1, Most) ?? Usual);
        if (query.Mistakes() is { Length: > 0 } mistakes) return ApiProblem.Wrong(mistakes);
        var (sweep, unknown) = await SweepAnswer.FindAsync(source, context.SweepId(), cancellation).ConfigureAwait(false);
        if (sweep is null) return unknown!;
        var evidence = await source.Server.EvidenceAsync(sweep.Id, limit, cancellation).ConfigureAwait(false);
        return JsonAnswer.Member("evidence", writer => ServerJson.Write(writer, evidence));
    }
}
