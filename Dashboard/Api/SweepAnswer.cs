using Microsoft.AspNetCore.Http;
using Sweeps.Dashboard.Api.Bodies;
using Sweeps.Dashboard.Api.Problems;
using Sweeps.Dashboard.Api.Requests;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Status;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Api;

/// <summary>A sweep as the answer, with all that is known of it; or that there is none.</summary>
internal static class SweepAnswer
{
    private const int EvidenceShown = 100;

    /// <summary><c>GET /sweeps/{id}</c>.</summary>
    public static async Task<IResult> GetAsync(HttpContext context, SweepSource source, CancellationToken cancellation)
    {
        string id = context.SweepId();
        return context.HasWrongQuery() ?? await OfAsync(source, id, cancellation).ConfigureAwait(false)
            ?? await UnknownAsync(source, id, cancellation).ConfigureAwait(false);
    }

    /// <summary>Null if there is no such sweep.</summary>
    public static async Task<JsonAnswer?> OfAsync(
        SweepSource source, string id, CancellationToken cancellation, int status = StatusCodes.Status200OK)
    {
        if (await SweepDetails.FindAsync(source.Server, id, EvidenceShown, source.Catalogue, cancellation).ConfigureAwait(false)
            is not { } details) return null;
        var body = JsonText.Bytes(writer =>
        {
            writer.WriteStartObject();
            ServerJson.WriteProperties(writer, details);
            ExactBody.Write(writer, details.Sweep);
            SweepBody.WriteSpec(writer, details.Sweep);
            writer.WriteEndObject();
        });
        return new(body, status) { IsTagged = true };
    }

    /// <summary>That there is no such sweep, with those that are near.</summary>
    public static async Task<IResult> UnknownAsync(SweepSource source, string id, CancellationToken cancellation) => ApiProblem.Of(
        StatusCodes.Status404NotFound,
        await UnknownSweep.SentenceAsync(source.Server, id, cancellation).ConfigureAwait(false), "unknown_sweep");

    /// <summary>The sweep, or the answer that there is none.</summary>
    public static async Task<(ServerSweep? Sweep, IResult? Unknown)> FindAsync(SweepSource source, string id, CancellationToken cancellation) =>
        await source.Server.FindAsync(id, cancellation).ConfigureAwait(false) is { } sweep
            ? (sweep, null)
            : (null, await UnknownAsync(source, id, cancellation).ConfigureAwait(false));
}
