using Microsoft.AspNetCore.Http;
using Sweeps.Dashboard.Api.Requests;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Status;

namespace Sweeps.Dashboard.Api;

/// <summary><c>GET /sweeps/{id}/chunks</c>: what lanes have in hand, and settled of late.</summary>
internal static class Chunks
{
    public static async Task<IResult> GetAsync(HttpContext context, SweepSource source, CancellationToken cancellation)
    {
        if (context.HasWrongQuery() is { } wrong) return wrong;
        return await source.Server.RecentChunksAsync(context.SweepId(), cancellation).ConfigureAwait(false) is { } recent
            ? JsonAnswer.Of(writer => ServerJson.Write(writer, recent))
            : await SweepAnswer.UnknownAsync(source, context.SweepId(), cancellation).ConfigureAwait(false);
    }
}
