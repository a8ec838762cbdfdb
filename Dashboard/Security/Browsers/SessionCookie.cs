using Microsoft.AspNetCore.Http;

namespace Sweeps.Dashboard.Security.Browsers;

/// <summary>The cookie by which a signed-in browser is known again.</summary>
internal static class SessionCookie
{
    public static string? Read(HttpContext context) => context.Request.Cookies[NameFor(context)];

    public static void Write(HttpContext context, string id) => context.Response.Cookies.Append(
        NameFor(context), id, OptionsFor(context, BrowserSessions.Longest));

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(NameFor(context), OptionsFor(context, null));

    // Browsers tell apart cookies neither by port nor by scheme, so that the name has to: two dashboards of one machine would sign each other
    // out. With __Host- they see to it that it came from this very host, encrypted.
    private static string NameFor(HttpContext context) =>
        $"{(context.Request.IsHttps ? "__Host-" : "")}sweeps-{context.Connection.LocalPort}";

    private static CookieOptions OptionsFor(HttpContext context, TimeSpan? age) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/",
        MaxAge = age,
    };
}
