using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Client.Cluster;
using Sweeps.Client.Datasets;
using Sweeps.Client.Shell;
using Sweeps.Compute.Experiments;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps status</c>.</summary>
internal sealed class StatusCommand : ClientCommand
{
    private readonly IReadOnlyCollection<IExperiment> catalogue;
    private readonly ServerOption server;
    private readonly SweepArgument sweep;
    private readonly Option<bool> json = new("--json") { Description = "One JSON object, for programs." };

    public StatusCommand(Terminal terminal, IReadOnlyCollection<IExperiment> catalogue, ClusterAccess cluster)
        : base("status", "Where a sweep stands, here or on a cluster, failures included; also while it runs.", terminal)
    {
        this.catalogue = catalogue;
        server = new ServerOption(cluster);
        sweep = new SweepArgument(server);
        Add(sweep.Word);
        Add(json);
        Add(server.Url);
    }

    public override ImmutableArray<string> Examples =>
    [
        "sweeps status runs/phase-diagram",
        "sweeps status runs/phase-diagram --json",
        "sweeps status drift-17 --server postgresql://ada@db.example.org/sweeps",
    ];

    public override void WriteMoreHelp(TextWriter output) => SweepArgument.WriteHelp(output);

    protected override Task<int> ActAsync(ParseResult line, CancellationToken interruption)
    {
        var place = sweep.Resolve(line);
        bool asJson = line.GetValue(json);
        return place.Value switch
        {
            SweepPlace.Folder { Path: var path } => Task.FromResult(new FolderStatus(Terminal, catalogue).Show(path, asJson)),
            SweepPlace.OnCluster { Id: var id } => server.AskAsync(line, Terminal, [],
                asked => new ClusterStatus(Terminal, catalogue).ShowAsync(asked, id, asJson, interruption), interruption),
            _ => Task.FromResult(Terminal.Refuse(place.Mistakes)),
        };
    }
}
