using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sweeps.Grains.Telemetry.Exposition;

namespace Sweeps.Client.Telemetry;

/// <summary>
/// <c>GET /metrics</c> of a local run. A silo serves the same page beside its health; what the two have in common, the page and its form,
/// is in Grains, which knows no server.
/// </summary>
internal sealed class MetricsServer : IAsyncDisposable
{
    private readonly KestrelServer server;
    private readonly ServiceProvider services;

    private MetricsServer(IPEndPoint address)
    {
        services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var options = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };
        options.Limits.MaxConcurrentConnections = 16;
        options.Limits.MaxRequestBodySize = 0;
        options.Listen(address);
        server = new(
            Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }

    /// <summary>Where the page is: with the port that was given it, where 0 was asked for.</summary>
    public Uri Page => new(new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()), "/metrics");

    /// <exception cref="IOException">The address cannot be had.</exception>
    public static async Task<MetricsServer> StartAsync(IPEndPoint address, MetricsExposition metrics, CancellationToken cancellation)
    {
        var started = new MetricsServer(address);
        try
        {
            await started.server.StartAsync(new Answers(metrics), cancellation).ConfigureAwait(false);
            return started;
        }
        catch (Exception refused)
        {
            await started.DisposeAsync().ConfigureAwait(false);
            if (refused is not (IOException or System.Net.Sockets.SocketException or UnauthorizedAccessException)) throw;
            throw new IOException(
                $"metrics cannot be served at {address}: {refused.Message.TrimEnd('.')}; choose another --metrics address", refused);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever is still being answered has a moment.
        using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await server.StopAsync(moment.Token).ConfigureAwait(false);
        server.Dispose();
        await services.DisposeAsync().ConfigureAwait(false);
    }

    private sealed class Answers(MetricsExposition metrics) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public async Task ProcessRequestAsync(HttpContext context)
        {
            var (request, response) = (context.Request, context.Response);
            bool isHead = HttpMethods.IsHead(request.Method);
            if (request.Path != "/metrics")
            {
                response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
            if (!isHead && !HttpMethods.IsGet(request.Method))
            {
                response.StatusCode = StatusCodes.Status405MethodNotAllowed;
                response.Headers.Allow = "GET, HEAD";
                return;
            }
            var format = ExpositionFormat.For(request.Headers.Accept.ToString());
            response.ContentType = format.ContentType;
            response.Headers.CacheControl = "no-store";
            response.Headers.Vary = "Accept";
            if (isHead) return;
            await metrics.WriteAsync(response.BodyWriter, format, context.RequestAborted).ConfigureAwait(false);
            await response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        }

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
