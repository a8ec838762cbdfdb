using System.Net;
using Sweeps.Client.Shell;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Hosting;

namespace Sweeps.Client.Running;

/// <summary>The pages of a local run, as long as it goes on.</summary>
internal sealed class RunDashboard : IAsyncDisposable
{
    private readonly DashboardServer? server;

    private RunDashboard(LocalSweepServer? run, DashboardServer? server) => (Run, this.server) = (run, server);

    /// <summary>What they show; null where they are not wanted.</summary>
    public LocalSweepServer? Run { get; }

    /// <param name="address">Where; null for nowhere. Of this machine alone: a run has no tokens.</param>
    /// <param name="terminal">Hears where they are.</param>
    /// <param name="catalogue">The experiments there are.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="IOException">The address cannot be had.</exception>
    public static async Task<RunDashboard> StartAsync(
        IPEndPoint? address, Terminal terminal, IReadOnlyCollection<IExperiment> catalogue, CancellationToken cancellation)
    {
        if (address is null) return new(null, null);
        var run = new LocalSweepServer(terminal.Clock);
        var server = await DashboardServer.StartAsync(
            new(address) { Log = terminal.Say }, new(run, new LocalDatasets(run, catalogue), catalogue, terminal.Clock), cancellation)
            .ConfigureAwait(false);
        terminal.Say($"dashboard at {server.Address}");
        return new(run, server);
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
