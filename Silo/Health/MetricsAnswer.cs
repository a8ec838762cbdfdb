using Microsoft.AspNetCore.Http;
using Sweeps.Grains.Telemetry.Exposition;

namespace Sweeps.Silo.Health;

/// <summary><c>GET /metrics</c>: the page that Prometheus scrapes, in the form that it asks for.</summary>
internal sealed class MetricsAnswer(MetricsExposition metrics)
{
    public const string Path = "/metrics";

    public async Task WriteAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var format = ExpositionFormat.For(request.Headers.Accept.ToString());
        response.ContentType = format.ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Accept";
        if (HttpMethods.IsHead(request.Method)) return;
        await metrics.WriteAsync(response.BodyWriter, format, context.RequestAborted).ConfigureAwait(false);
        await response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
