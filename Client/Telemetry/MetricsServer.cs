using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sweeps.Grains.Telemetry.Exposition;
using Sweeps.Silo.Health;

namespace Sweeps.Client.Telemetry;

/// <summary><c>GET /metrics</c> of a local run: the page that a silo serves beside its health.</summary>
internal sealed class MetricsServer : IAsyncDisposable
{
    private const int MostConnections = 16;

    private readonly PageServer server;

    private MetricsServer(PageServer server) => this.server = server;

    /// <summary>Where the page is: with the port that was given it, where 0 was asked for.</summary>
    public Uri Page => new(server.Address, MetricsAnswer.Path);

    /// <exception cref="IOException">The address cannot be had.</exception>
    public static async Task<MetricsServer> StartAsync(
        IPEndPoint address, MetricsExposition metrics, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            var answers = new Answers(new(metrics));
            return new(await PageServer.StartAsync(address, MostConnections, answers, time, cancellation).ConfigureAwait(false));
        }
        catch (IOException refused)
        {
            throw new IOException(
                $"metrics cannot be served at {address}: {refused.Message.TrimEnd('.')}; choose another --metrics address", refused);
        }
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private sealed class Answers(MetricsAnswer metrics) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context)
        {
            var (request, response) = (context.Request, context.Response);
            if (request.Path != MetricsAnswer.Path)
            {
                response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }
            if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            {
                response.StatusCode = StatusCodes.Status405MethodNotAllowed;
                response.Headers.Allow = "GET, HEAD";
                return Task.CompletedTask;
            }
            return metrics.WriteAsync(context);
        }

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
