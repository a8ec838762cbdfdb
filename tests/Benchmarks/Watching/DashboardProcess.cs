using System.Diagnostics;

namespace Sweeps.Benchmarks.Watching;

/// <summary>A real <c>sweeps dashboard</c>, just started: nothing is compiled or read yet.</summary>
internal sealed class DashboardProcess : IAsyncDisposable
{
    private readonly Process process;

    private DashboardProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Seconds that cores have spent on it, as <c>/proc</c> counts them.</summary>
    public double ProcessorSeconds
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    public double MegabytesInMemory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1e6;
        }
    }

    /// <exception cref="CommandException">It does not serve.</exception>
    public static async Task<DashboardProcess> StartAsync(WatchedCluster cluster, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(cluster.Program, ["dashboard", "--address", "127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in cluster.Environment) start.Environment[name] = value;
        var process = Command.Started(start);
        var said = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string? line = await process.StandardOutput.ReadLineAsync(cancellation).ConfigureAwait(false);
        if (Uri.TryCreate(line, UriKind.Absolute, out var address)) return new(process, address);
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        process.Dispose();
        throw new CommandException($"sweeps dashboard serves nothing: {await said.ConfigureAwait(false)}");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync().ConfigureAwait(false);
        process.Dispose();
    }
}
