using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Client.Cluster;
using Sweeps.Client.Shell;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps cancel</c>.</summary>
internal sealed class CancelCommand : ClusterCommand
{
    private readonly Argument<string> id = SweepId.Create();

    public CancelCommand(Terminal terminal, ClusterAccess cluster)
        : base("cancel", "End a sweep on a cluster for good, without asking again; the rows that it has stay. "
            + "To go on later, pause it instead.", terminal, cluster)
    {
        Add(id);
        Add(Server.Url);
    }

    public override ImmutableArray<string> Examples => ["sweeps cancel drift-17"];

    protected override Task<int> ActAsync(ParseResult line, CancellationToken interruption) => Server.AskAsync(
        line, Terminal, [],
        server => new SweepRequests(Terminal, server).CancelAsync(line.GetRequiredValue(id), interruption),
        interruption);
}
