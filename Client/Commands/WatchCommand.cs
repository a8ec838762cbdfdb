using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Client.Cluster;
using Sweeps.Client.Shell;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps watch</c>.</summary>
internal sealed class WatchCommand : ClusterCommand
{
    private readonly Argument<string> id = SweepId.Create();

    public WatchCommand(Terminal terminal, ClusterAccess cluster)
        : base("watch", "Show how far a sweep on a cluster is, until it ends. Ctrl-C ends the watching alone.", terminal, cluster)
    {
        Add(id);
        Add(Server.Url);
    }

    public override ImmutableArray<string> Examples => ["sweeps watch drift-17"];

    protected override Task<int> ActAsync(ParseResult line, CancellationToken interruption) => Server.AskAsync(
        line, Terminal, [],
        server => new SweepWatch(Terminal, server).WatchAsync(line.GetRequiredValue(id), interruption),
        interruption);
}
