using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Client.Cluster;
using Sweeps.Client.Display;
using Sweeps.Client.Shell;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Status;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps submit</c>.</summary>
internal sealed class SubmitCommand : ClusterCommand
{
    private readonly IReadOnlyCollection<IExperiment> catalogue;
    private readonly SpecFile spec;

    private readonly Option<int?> priority = OptionKinds.Integer("--priority", "N",
        "Lanes go to the highest priority first; among equals, to the sweep that has the fewest [default: 0].",
        -DemandWords.HighestPriority, DemandWords.HighestPriority);

    private readonly Option<int?> lanes = OptionKinds.Integer("--lanes", "N", "At most N lanes at once [default: any number].", 1);

    private readonly Option<string?> only = OptionKinds.WordOrNone("--only", "Lanes of this kind alone [default: both].", DemandWords.Processor, DemandWords.Accelerator);

    private readonly Option<bool> watch = new("--watch") { Description = "Then show how far it is, until it ends." };

    public SubmitCommand(Terminal terminal, IReadOnlyCollection<IExperiment> catalogue, ClusterAccess cluster)
        : base("submit", "Run a sweep on a cluster. Prints its id.", terminal, cluster)
    {
        this.catalogue = catalogue;
        spec = new SpecFile(catalogue);
        spec.AddTo(this);
        Add(priority);
        Add(lanes);
        Add(only);
        Add(watch);
        Add(Server.Url);
    }

    public override ImmutableArray<string> Examples =>
    [
        "sweeps submit phase-diagram.yaml --server postgresql://ada@db.example.org/sweeps",
        "sweeps submit phase-diagram.yaml --set samples=65536 --priority 10 --only gpu --watch",
    ];

    public override void WriteMoreHelp(TextWriter output)
    {
        base.WriteMoreHelp(output);
        CatalogueHelp.Write(output, catalogue);
    }

    protected override Task<int> ActAsync(ParseResult line, CancellationToken interruption)
    {
        var reading = spec.Read(line);
        return Server.AskAsync(
            line, Terminal, reading.Mistakes, server => SubmitAsync(line, reading.Value!, server, interruption), interruption);
    }

    private async Task<int> SubmitAsync(ParseResult line, SweepSpec spec, ISweepServer server, CancellationToken interruption)
    {
        var demands = new SweepDemands(line.GetValue(priority) ?? 0, line.GetValue(lanes), DemandWords.Demand(line.GetValue(only)));
        var forecast = new SweepForecast(spec, 1);
        Terminal.Say($"{spec.Name}: {Numbers.Counted(forecast.Grid.Count, "point")} in "
            + $"{Numbers.Counted(forecast.Plan.ChunkCount, "chunk")}, "
            + $"{Numbers.Duration(forecast.Plan.PredictedSeconds)} of one core predicted");
        if (await new Submission(Terminal, server).SendAsync(spec, demands, interruption).ConfigureAwait(false) is not { } id)
            return ExitCode.Interrupted;

        Terminal.Out.WriteLine(id);
        // Who waits for the id need not wait for the sweep.
        await Terminal.Out.FlushAsync(interruption).ConfigureAwait(false);
        bool watches = line.GetValue(watch);
        Terminal.Say($"submitted to {Shown.OneLine(server.Address)}" + (watches ? "" : $"; see how it goes with: sweeps watch {id}"));
        return watches ? await new SweepWatch(Terminal, server).WatchAsync(id, interruption).ConfigureAwait(false) : ExitCode.Done;
    }
}
