using System.Collections.Immutable;
using System.CommandLine;
using System.Net;
using Sweeps.Client.Cluster;
using Sweeps.Client.Shell;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Hosting;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps dashboard</c>.</summary>
internal sealed class DashboardCommand : ClusterCommand
{
    /// <summary>On this machine alone.</summary>
    public static readonly IPEndPoint Usual = new(IPAddress.Loopback, 8080);

    private readonly IReadOnlyCollection<IExperiment> catalogue;
    private readonly Option<IPEndPoint?> address = ListenOption.Defaulted("--address", "Where to serve pages and API", Usual);

    private readonly Option<string?> data = new("--data")
    {
        Description = "The silos' data folder as this machine has it [default: at the same place as on the silos].",
        HelpName = "DIR",
    };

    public DashboardCommand(Terminal terminal, IReadOnlyCollection<IExperiment> catalogue, ClusterAccess cluster)
        : base("dashboard", "Serve a cluster's pages and HTTP API, until it is interrupted. Prints its URL.", terminal, cluster)
    {
        this.catalogue = catalogue;
        Add(address);
        Add(data);
        Add(Server.Url);
    }

    public override ImmutableArray<string> Examples =>
    [
        "sweeps dashboard --server postgresql://ada@db.example.org/sweeps",
        "sweeps dashboard --address 127.0.0.1:9000 --data /mnt/sweeps",
    ];

    protected override Task<int> ActAsync(ParseResult line, CancellationToken interruption) => Server.AskAsync(
        line, Terminal, Mistakes(line), server => ServeAsync(line, server, interruption), interruption);

    private IEnumerable<string> Mistakes(ParseResult line)
    {
        if (line.GetValue(data) is { } folder && !Directory.Exists(folder))
            yield return $"--data: there is no folder {Shown.As(folder, 200)}; name the silos' data folder as this machine has it, or leave it out";
        if (line.GetValue(address) is { } where && !IPAddress.IsLoopback(where.Address))
            yield return $"--address {where} can be reached from other machines; choose one of 127.0.0.1 or [::1]";
    }

    private async Task<int> ServeAsync(ParseResult line, ISweepServer server, CancellationToken interruption)
    {
        var source = new SweepSource(server, new ClusterDatasets(server, line.GetValue(data), catalogue), catalogue, Terminal.Clock);
        await using var dashboard = await DashboardServer.StartAsync(new(line.GetValue(address)!), source, interruption).ConfigureAwait(false);
        Terminal.Out.WriteLine(dashboard.Address);
        // Who waits for the URL waits for it now.
        await Terminal.Out.FlushAsync(interruption).ConfigureAwait(false);
        Terminal.Say($"{Shown.OneLine(server.Address)} is shown at {dashboard.Address}; end it with Ctrl-C");
        await Task.Delay(Timeout.InfiniteTimeSpan, interruption).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Terminal.Say("the dashboard has ended; the sweeps go on without it");
        return ExitCode.Interrupted;
    }
}
