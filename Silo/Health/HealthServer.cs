using System.Net;
using Sweeps.Grains.Telemetry.Exposition;

namespace Sweeps.Silo.Health;

/// <summary><c>GET /health/live</c>, <c>/health/ready</c> and <c>/metrics</c>.</summary>
internal sealed class HealthServer : IAsyncDisposable
{
    private const int MostConnections = 64;

    private readonly PageServer server;

    private HealthServer(PageServer server) => this.server = server;

    /// <summary>Where it listens: the port that was given it, where 0 was asked for.</summary>
    public Uri Address => server.Address;

    /// <param name="address">Where to listen; port 0 for any.</param>
    /// <param name="health">What it tells.</param>
    /// <param name="time">Of its end.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <param name="metrics">Its owner's to dispose, after this; null: there is no page of metrics.</param>
    /// <exception cref="IOException">The address cannot be had.</exception>
    public static async Task<HealthServer> StartAsync(
        IPEndPoint address, SiloHealth health, TimeProvider time, CancellationToken cancellation, MetricsExposition? metrics = null)
    {
        var answers = new HealthAnswers(health, metrics is null ? null : new(metrics));
        return new(await PageServer.StartAsync(address, MostConnections, answers, time, cancellation).ConfigureAwait(false));
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
