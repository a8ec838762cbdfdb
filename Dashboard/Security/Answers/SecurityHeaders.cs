using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Sweeps.Dashboard.Security.Answers;

/// <summary>
/// What every answer of the application tells the browser to forbid, whatever the answer is; what the web server itself refuses, such as
/// a request that is no HTTP, has none of it.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>Nothing but our own files, and no script or style inside a page: text that slips into a page unescaped does nothing.</summary>
    public const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'";

    private static readonly (string Name, string Value)[] Always =
    [
        (HeaderNames.ContentSecurityPolicy, ContentPolicy),
        (HeaderNames.XContentTypeOptions, "nosniff"),
        (HeaderNames.XFrameOptions, "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
    ];

    public Task InvokeAsync(HttpContext context)
    {
        // At the last moment: an error's answer begins by clearing what was set before.
        context.Response.OnStarting(Set, context);
        return next(context);
    }

    private static Task Set(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        foreach (var (name, value) in Always) headers[name] = value;
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        // Nothing of this stays on a shared machine, unless a route says so.
        if (headers.CacheControl.Count == 0) headers.CacheControl = headers.ETag.Count > 0 ? "private, no-cache" : "no-store";
        return Task.CompletedTask;
    }
}
