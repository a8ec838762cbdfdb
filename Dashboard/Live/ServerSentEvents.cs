using Microsoft.AspNetCore.Http;

namespace Sweeps.Dashboard.Live;

/// <summary>How an answer of server-sent events begins, and goes on.</summary>
internal static class ServerSentEvents
{
    public const string ContentType = "text/event-stream";

    public static void Begin(HttpResponse response)
    {
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        // Said to nginx: otherwise it would hold events back.
        response.Headers["X-Accel-Buffering"] = "no";
    }

    /// <summary>Sends whole events, which are read at once.</summary>
    public static async Task SendAsync(HttpResponse response, ReadOnlyMemory<byte> events, CancellationToken cancellation)
    {
        await response.Body.WriteAsync(events, cancellation).ConfigureAwait(false);
        await response.Body.FlushAsync(cancellation).ConfigureAwait(false);
    }
}
