using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sweeps.Silo.Health;

/// <summary>The two answers, and the metrics where there are any; everything else is not found.</summary>
internal sealed class HealthAnswers(SiloHealth health, MetricsAnswer? metrics) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public Task ProcessRequestAsync(HttpContext context)
    {
        var (status, word) = Answer(context.Request);
        if (word is null) return metrics!.WriteAsync(context);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        if (status == StatusCodes.Status405MethodNotAllowed) context.Response.Headers.Allow = "GET, HEAD";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(word + "\n");
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    // No word: the metrics answer for themselves.
    private (int Status, string? Word) Answer(HttpRequest request)
    {
        bool isLive = request.Path == "/health/live", isMetrics = metrics is not null && request.Path == MetricsAnswer.Path;
        if (!isLive && !isMetrics && request.Path != "/health/ready") return (StatusCodes.Status404NotFound, "unknown");
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            return (StatusCodes.Status405MethodNotAllowed, "get");
        if (isMetrics) return (StatusCodes.Status200OK, null);
        string? objection = isLive ? health.Stuck : health.Stage is SiloStage.Ready ? null : health.Stage.ToString().ToLowerInvariant();
        return objection is null ? (StatusCodes.Status200OK, isLive ? "live" : "ready")
            : (StatusCodes.Status503ServiceUnavailable, objection);
    }
}
