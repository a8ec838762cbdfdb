using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sweeps.Silo.Health;

/// <summary>The two answers; everything else is not found.</summary>
internal sealed class HealthAnswers(SiloHealth health) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public Task ProcessRequestAsync(HttpContext context)
    {
        var (status, word) = Answer(context.Request);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        if (status == StatusCodes.Status405MethodNotAllowed) context.Response.Headers.Allow = "GET, HEAD";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(word + "\n");
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    private (int Status, string Word) Answer(HttpRequest request)
    {
        bool isLive = request.Path == "/health/live";
        if (!isLive && request.Path != "/health/ready") return (StatusCodes.Status404NotFound, "unknown");
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            return (StatusCodes.Status405MethodNotAllowed, "get");
        string? objection = isLive ? health.Stuck : health.Stage is SiloStage.Ready ? null : health.Stage.ToString().ToLowerInvariant();
        return objection is null ? (StatusCodes.Status200OK, isLive ? "live" : "ready")
            : (StatusCodes.Status503ServiceUnavailable, objection);
    }
}
