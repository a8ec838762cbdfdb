using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Client.Cluster;
using Sweeps.Client.Shell;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Status;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps list</c>.</summary>
internal sealed class ListCommand : ClusterCommand
{
    private readonly Option<bool> all = new("--all") { Description = "Sweeps that have ended, too." };
    private readonly Option<bool> silos = new("--silos") { Description = "The cluster's silos instead, with their lanes." };
    private readonly Option<bool> json = new("--json") { Description = "A JSON list, for programs." };

    public ListCommand(Terminal terminal, ClusterAccess cluster)
        : base("list", "The sweeps of a cluster that go on, newest first.", terminal, cluster)
    {
        Add(all);
        Add(silos);
        Add(json);
        Add(Server.Url);
        Validators.Add(result =>
        {
            if (result.GetValue(all) && result.GetValue(silos)) result.AddError("--all and --silos exclude each other");
        });
    }

    public override ImmutableArray<string> Examples => ["sweeps list", "sweeps list --all --json", "sweeps list --silos"];

    protected override Task<int> ActAsync(ParseResult line, CancellationToken interruption) => Server.AskAsync(
        line, Terminal, [],
        server => line.GetValue(silos) ? SilosAsync(line, server, interruption) : SweepsAsync(line, server, interruption),
        interruption);

    private async Task<int> SweepsAsync(ParseResult line, ISweepServer server, CancellationToken interruption)
    {
        bool ended = line.GetValue(all);
        var found = await server.ListAsync(ended, interruption).ConfigureAwait(false);
        if (line.GetValue(json)) JsonText.Write(Terminal.Out, writer => ServerJson.Write(writer, found));
        else if (!found.IsEmpty) SweepTable.Write(Terminal, found);
        else
            Terminal.Say($"{Shown.OneLine(server.Address)}: no sweep "
                + (ended ? "was ever submitted" : "goes on; for those that ended: sweeps list --all"));
        return ExitCode.Done;
    }

    private async Task<int> SilosAsync(ParseResult line, ISweepServer server, CancellationToken interruption)
    {
        var found = await server.SilosAsync(interruption).ConfigureAwait(false);
        if (line.GetValue(json)) JsonText.Write(Terminal.Out, writer => ServerJson.Write(writer, found));
        else if (!found.IsEmpty) SiloTable.Write(Terminal, found);
        else Terminal.Say($"{Shown.OneLine(server.Address)}: there is no silo; sweeps wait until one is started");
        return ExitCode.Done;
    }
}
