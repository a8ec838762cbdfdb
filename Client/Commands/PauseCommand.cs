using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Client.Cluster;
using Sweeps.Client.Shell;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps pause</c>.</summary>
internal sealed class PauseCommand : ClusterCommand
{
    private readonly Argument<string> id = SweepId.Create();

    public PauseCommand(Terminal terminal, ClusterAccess cluster)
        : base("pause", "Begin no more chunks of a sweep on a cluster; those in hand end. 'sweeps resume' goes on.", terminal, cluster)
    {
        Add(id);
        Add(Server.Url);
    }

    public override ImmutableArray<string> Examples => ["sweeps pause drift-17"];

    protected override Task<int> ActAsync(ParseResult line, CancellationToken interruption) => Server.AskAsync(
        line, Terminal, [],
        server => new SweepRequests(Terminal, server).PauseAsync(line.GetRequiredValue(id), interruption),
        interruption);
}
