using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sweeps.Grains.Telemetry.Exposition;

namespace Sweeps.Silo.Health;

/// <summary>
/// <c>GET /health/live</c>, <c>/health/ready</c> and <c>/metrics</c>. Kestrel without a host around it: a host would listen to signals, and
/// stop answering just when a draining silo has something to say.
/// </summary>
internal sealed class HealthServer : IAsyncDisposable
{
    private readonly KestrelServer server;
    private readonly ServiceProvider services;

    private HealthServer(IPEndPoint address)
    {
        services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var options = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };
        options.Limits.MaxConcurrentConnections = 64;
        options.Limits.MaxRequestBodySize = 0;
        options.Listen(address);
        server = new(
            Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }

    /// <summary>Where it listens: the port that was given it, where 0 was asked for.</summary>
    public Uri Address => new(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <param name="address">Where to listen; port 0 for any.</param>
    /// <param name="health">What it tells.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <param name="metrics">Its owner's to dispose, after this; null: there is no page of metrics.</param>
    /// <exception cref="IOException">The address cannot be had.</exception>
    public static async Task<HealthServer> StartAsync(
        IPEndPoint address, SiloHealth health, CancellationToken cancellation, MetricsExposition? metrics = null)
    {
        var started = new HealthServer(address);
        try
        {
            var answers = new HealthAnswers(health, metrics is null ? null : new(metrics));
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
        using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await server.StopAsync(moment.Token).ConfigureAwait(false);
        server.Dispose();
        await services.DisposeAsync().ConfigureAwait(false);
    }
}
