using Microsoft.AspNetCore.Http;
using Sweeps.Dashboard.Api.Requests;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Status;

namespace Sweeps.Dashboard.Api;

/// <summary><c>GET /silos</c>: worker processes with their lanes.</summary>
internal static class Silos
{
    public static async Task<IResult> GetAsync(HttpContext context, SweepSource source, CancellationToken cancellation)
    {
        if (context.HasWrongQuery() is { } wrong) return wrong;
        var silos = await source.Server.SilosAsync(cancellation).ConfigureAwait(false);
        return JsonAnswer.Member("silos", writer => ServerJson.Write(writer, silos));
    }
}
