using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Client.Cluster;
using Sweeps.Client.Shell;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Display;
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
        var stored = SweepSpec.FromJson(sweep.SpecJson, $"the spec of {sweep.Id}", catalogue);
        if (!stored.IsValid)
            return Terminal.Refuse($"{sweep.Id} was submitted by version {Shown.OneLine(sweep.SoftwareVersion)}, and this version cannot "
                + $"read its spec ({Shown.OneLine(stored.Mistakes[0].Message)}); extend it with that version");

        switch (SpecComparison.Compare(stored.Spec, larger))
        {
            case SpecComparison.Same:
                Terminal.Say($"{sweep.Id} has these points already; nothing is to be done");
                return ExitCode.Done;
            case SpecComparison.Different { Differences: var differences }:
                return Terminal.Refuse(differences.Select(difference =>
                    $"{sweep.Id} is another sweep: {difference}; submit this one for itself"));
            default:
                string grown = $"{sweep.Id} grows from {Numbers.Count(sweep.Points)} to "
                    + $"{Numbers.Count(new PointGrid(larger).Count)} points; see how it goes with: sweeps watch {sweep.Id}";
                return await new SweepRequests(Terminal, server).ExtendAsync(sweep.Id, stored.Spec.Hash, larger, grown, interruption)
                    .ConfigureAwait(false);
        }
    }
}
