using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Sweeps.Dashboard.Security.Answers;

namespace Sweeps.Dashboard.Security;

/// <summary>
/// Refuses what pages of other sites make a browser send here. Such a request comes from the user's own machine, perhaps with the user's
/// cookie, and to a dashboard without tokens that is all it takes.
/// </summary>
/// <remarks>
/// <para>What changes something (any method but GET, HEAD, OPTIONS), in this order:</para>
/// <list type="number">
/// <item>With <c>Authorization: Bearer</c> it passes: no page can make a browser add that header without asking first (CORS preflight), and
/// we never agree. A wrong token is refused later; with the header a cookie counts for nothing.</item>
/// <item><c>Sec-Fetch-Site</c> is written by the browser, and by no page: it must be <c>same-origin</c>, or <c>none</c>, which is the user's
/// own doing. Another port of this machine is <c>same-site</c>: another program, perhaps another user's, and refused.</item>
/// <item><c>Origin</c> likewise, and it is sent where the other is not (http to other machines): its host and port must be those of
/// the request, which <see cref="HostNames"/> has checked. Schemes may differ, for a proxy may take the encryption off. <c>null</c>,
/// which is a sandboxed or redirected page, is refused.</item>
/// <item>With neither it is no browser's of these years: they send <c>Origin</c> with every POST. Programs pass to the API, without a
/// cookie and without a form's content type, which are the two things by which an older browser would give itself away.</item>
/// </list>
/// <para>What only reads could not be read by another site's page, yet cost work, or tell something by the time that it takes. So where
/// the browser says that another site asks (<c>Sec-Fetch-Site</c>), only following a link in a window of its own is answered.</para>
/// </remarks>
internal sealed class CrossSiteRequests(RequestDelegate next)
{
    private const string SiteHeader = "Sec-Fetch-Site", ModeHeader = "Sec-Fetch-Mode", DestinationHeader = "Sec-Fetch-Dest";

    // What an HTML form can send, and so a foreign page without asking.
    private static readonly string[] FormTypes = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

    public Task InvokeAsync(HttpContext context) => IsOwn(context.Request)
        ? next(context)
        : RefusedAnswer.WriteAsync(context, StatusCodes.Status403Forbidden, "The request was sent by a page of another site; nothing was done.");

    /// <summary>Whether a method only reads.</summary>
    public static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsOwn(HttpRequest request)
    {
        if (BearerToken.IsIn(request)) return true;
        string site = request.Headers[SiteHeader].ToString();
        if (IsSafe(request.Method)) return IsOfBrowserItself(site) || IsFollowedLink(request);
        if (!IsOfBrowserItself(site)) return false;
        if (request.Headers.Origin.Count > 0) return IsThisHost(request.Headers.Origin.ToString(), request);
        return site.Length > 0 || (RefusedAnswer.IsApi(request) && !request.Headers.ContainsKey(HeaderNames.Cookie) && !IsForm(request));
    }

    // Where the header is missing, it says nothing against the request.
    private static bool IsOfBrowserItself(string site) => site is "" or "same-origin" or "none";

    private static bool IsFollowedLink(HttpRequest request) =>
        request.Headers[ModeHeader] == "navigate" && request.Headers[DestinationHeader] == "document";

    private static bool IsThisHost(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && from.Scheme is "http" or "https"
        && string.Equals(origin, $"{from.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);

    private static bool IsForm(HttpRequest request) => request.ContentType is { } given
        && FormTypes.Any(type => given.Split(';')[0].Trim().Equals(type, StringComparison.OrdinalIgnoreCase));
}
