using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Sweeps.Silo.Health;

/// <summary>
/// A few small pages. Kestrel without a host around it: a host would listen to signals, and stop answering just when a draining silo has
/// something to say. The client has this file, too, for the metrics of a local run: Grains, where the two meet, knows no server.
/// </summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly KestrelServer server;
    private readonly ServiceProvider services;
    private readonly TimeProvider time;

    private PageServer(IPEndPoint address, int mostConnections, TimeProvider time)
    {
        this.time = time;
        services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var options = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };
        options.Limits.MaxConcurrentConnections = mostConnections;
        options.Limits.MaxRequestBodySize = 0;
        options.Listen(address);
        server = new(
            Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }

    /// <summary>Where it listens: the port that was given it, where 0 was asked for.</summary>
    public Uri Address => new(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <param name="address">Where to listen; port 0 for any.</param>
    /// <param name="mostConnections">Further ones are refused.</param>
    /// <param name="answers">What is answered.</param>
    /// <param name="time">Of its end.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="IOException">The address cannot be had.</exception>
    public static async Task<PageServer> StartAsync(
        IPEndPoint address, int mostConnections, IHttpApplication<HttpContext> answers, TimeProvider time, CancellationToken cancellation)
    {
        var started = new PageServer(address, mostConnections, time);
        try
        {
            await started.server.StartAsync(answers, cancellation).ConfigureAwait(false);
            return started;
        }
        catch (Exception refused)
        {
            await started.DisposeAsync().ConfigureAwait(false);
            if (refused is System.Net.Sockets.SocketException or UnauthorizedAccessException)
                throw new IOException(refused.Message, refused);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever is still being answered has a moment.
        using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
        await server.StopAsync(moment.Token).ConfigureAwait(false);
        server.Dispose();
        await services.DisposeAsync().ConfigureAwait(false);
    }
}
