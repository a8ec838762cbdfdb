using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Sweeps.Dashboard.Live;

namespace Sweeps.Dashboard.Security.Limits;

/// <summary>Which requests stay: server-sent events, until either side leaves.</summary>
internal static class EventStreams
{
    /// <summary>
    /// By the route, which says what it produces or has an address that ends in <c>/events</c>; or by the request, which says what it wants.
    /// </summary>
    public static bool IsOne(HttpContext context) =>
        context.Request.Headers[HeaderNames.Accept].ToString().Contains(ServerSentEvents.ContentType, StringComparison.OrdinalIgnoreCase)
        || (context.GetEndpoint() is RouteEndpoint route
            && (route.RoutePattern.RawText?.EndsWith("/events", StringComparison.Ordinal) == true
                || route.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Any(each => each.ContentTypes.Contains(ServerSentEvents.ContentType))));
}
