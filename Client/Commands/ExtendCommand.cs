using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Client.Cluster;
using Sweeps.Client.Shell;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Status;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps extend</c>.</summary>
internal sealed class ExtendCommand : ClusterCommand
{
    private readonly IReadOnlyCollection<IExperiment> catalogue;
    private readonly Argument<string> id = SweepId.Create();
    private readonly SpecFile spec;

    public ExtendCommand(Terminal terminal, IReadOnlyCollection<IExperiment> catalogue, ClusterAccess cluster)
        : base("extend", "Let a sweep on a cluster grow to a spec with more values on its axes; the rows that it has stay.", terminal,
            cluster)
    {
        this.catalogue = catalogue;
        spec = new SpecFile(catalogue);
        Add(id);
        spec.AddTo(this);
        Add(Server.Url);
    }

    public override ImmutableArray<string> Examples =>
        ["sweeps extend drift-17 phase-diagram.yaml", "sweeps extend drift-17 phase-diagram.yaml --set \"drift=[0, 0.5, 1, 1.5, 2]\""];

    protected override Task<int> ActAsync(ParseResult line, CancellationToken interruption)
    {
        var reading = spec.Read(line);
        return Server.AskAsync(
            line, Terminal, reading.Mistakes,
            server => ExtendAsync(line.GetRequiredValue(id), reading.Value!, server, interruption),
            interruption);
    }

    private async Task<int> ExtendAsync(string name, SweepSpec larger, ISweepServer server, CancellationToken interruption)
    {
        if (await server.FindAsync(name, interruption).ConfigureAwait(false) is not { } sweep)
            return Terminal.Refuse(await UnknownSweep.SentenceAsync(server, name, interruption).ConfigureAwait(false));
        var extension = SpecExtension.Of(sweep, larger, catalogue);
        if (!extension.IsRight) return Terminal.Refuse(extension.Mistakes);
        if (!extension.Value.IsNew)
        {
            Terminal.Say($"{sweep.Id} has these points already; nothing is to be done");
            return ExitCode.Done;
        }
        string grown = $"{sweep.Id} grows from {Numbers.Count(sweep.Points)} to "
            + $"{Numbers.Count(new PointGrid(larger).Count)} points; see how it goes with: sweeps watch {sweep.Id}";
        return await new SweepRequests(Terminal, server).ExtendAsync(sweep.Id, extension.Value.From, larger, grown, interruption)
            .ConfigureAwait(false);
    }
}
