using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Client.Cluster;
using Sweeps.Client.Shell;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Security.Tokens;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps dashboard</c>.</summary>
internal sealed class DashboardCommand : ClusterCommand
{
    private readonly IReadOnlyCollection<IExperiment> catalogue;
    private readonly DashboardAccess access = new();

    private readonly Option<string?> data = new("--data")
    {
        Description = "The silos' data folder as this machine has it [default: at the same place as on the silos].",
        HelpName = "DIR",
    };

    private readonly Option<bool> newToken = new("--new-token")
    {
        Description = "Print a new random token for the file of --tokens instead.",
    };

    public DashboardCommand(Terminal terminal, IReadOnlyCollection<IExperiment> catalogue, ClusterAccess cluster)
        : base("dashboard", "Serve a cluster's pages and HTTP API, until it is interrupted. Prints its URL.", terminal, cluster)
    {
        this.catalogue = catalogue;
        access.AddTo(this);
        Add(data);
        Add(newToken);
        Add(Server.Url);
    }

    public override ImmutableArray<string> Examples =>
    [
        "sweeps dashboard --server postgresql://ada@db.example.org/sweeps",
        "sweeps dashboard --address 0.0.0.0:8443 --certificate sweeps.pem --key sweeps.key --tokens tokens --host sweeps.example.org",
        "sweeps dashboard --server postgresql://ada@db.example.org/sweeps --data /mnt/sweeps",
    ];

    protected override async Task<int> ActAsync(ParseResult line, CancellationToken interruption)
    {
        if (line.GetValue(newToken))
        {
            Terminal.Out.WriteLine(AccessTokens.Fresh());
            return ExitCode.Done;
        }
        var options = access.Read(line, Terminal);
        return await Server.AskAsync(
            line, Terminal, [.. options.Mistakes, .. MistakesInData(line)],
            server => ServeAsync(options.Value!, server, line.GetValue(data), interruption), interruption).ConfigureAwait(false);
    }

    private IEnumerable<string> MistakesInData(ParseResult line)
    {
        if (line.GetValue(data) is { } folder && !Directory.Exists(folder))
            yield return $"--data: there is no folder {Shown.As(folder, 200)}; name the silos' data folder as this machine has "
                + "it, or leave it out";
    }

    private async Task<int> ServeAsync(DashboardOptions options, ISweepServer server, string? folder, CancellationToken interruption)
    {
        var source = new SweepSource(server, new ClusterDatasets(server, folder, catalogue), catalogue, Terminal.Clock);
        await using var dashboard = await DashboardServer.StartAsync(options, source, interruption).ConfigureAwait(false);
        Terminal.Out.WriteLine(dashboard.Address);
        // Who waits for the URL waits for it now.
        await Terminal.Out.FlushAsync(interruption).ConfigureAwait(false);
        Terminal.Say($"{Shown.OneLine(server.Address)} is shown at {dashboard.Address}; end it with Ctrl-C");
        if (options.ShowsTokens)
            Terminal.Say("tokens come unencrypted, and whoever can listen on the way can use them; name --certificate and --key, or --proxy for "
                + "a proxy that encrypts");
        await Task.Delay(Timeout.InfiniteTimeSpan, interruption).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Terminal.Say("the dashboard has ended; the sweeps go on without it");
        return ExitCode.Interrupted;
    }
}
