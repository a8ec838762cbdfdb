using System.Net;
using Sweeps.Client.Shell;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Telemetry;

namespace Sweeps.Client.Telemetry;

/// <summary>What a local run is recorded with, as long as it goes on.</summary>
internal sealed class RunTelemetry : IAsyncDisposable
{
    private readonly ProcessTelemetry? telemetry;
    private readonly MetricsServer? server;

    private RunTelemetry(ProcessTelemetry? telemetry, MetricsServer? server) => (this.telemetry, this.server) = (telemetry, server);

    /// <summary>Null where nobody listens.</summary>
    public Recorders? Recorders => telemetry?.Recorders;

    /// <param name="page">Where to serve metrics; null for nowhere.</param>
    /// <param name="terminal">Hears where they are.</param>
    /// <param name="variable">The environment.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="IOException">The address cannot be had.</exception>
    public static async Task<RunTelemetry> StartAsync(
        IPEndPoint? page, Terminal terminal, Func<string, string?> variable, CancellationToken cancellation)
    {
        var telemetry = ProcessTelemetry.For(
            page is not null, "sweeps", DatasetMetadata.SoftwareVersion, Environment.MachineName, variable,
            warn: text => terminal.Say($"telemetry: {text}"), terminal.Clock);
        if (page is null) return new(telemetry, null);
        try
        {
            var server = await MetricsServer.StartAsync(page, telemetry!.Page, terminal.Clock, cancellation).ConfigureAwait(false);
            terminal.Say($"metrics at {server.Page}");
            return new(telemetry, server);
        }
        catch
        {
            telemetry!.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync().ConfigureAwait(false);
        telemetry?.Dispose();
    }
}
