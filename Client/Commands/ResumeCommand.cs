using System.Collections.Immutable;
using System.CommandLine;
using System.Net;
using Sweeps.Client.Cluster;
using Sweeps.Client.Running;
using Sweeps.Client.Shell;
using Sweeps.Client.Telemetry;
using Sweeps.Compute.Devices;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Workers;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps resume</c>.</summary>
internal sealed class ResumeCommand : ClientCommand
{
    private readonly IReadOnlyCollection<IExperiment> catalogue;
    private readonly ClusterAccess process;
    private readonly ServerOption server;
    private readonly SweepArgument sweep;
    private readonly Option<int?> threads = OptionKinds.Threads("In a folder: threads that compute [default: all].");
    private readonly Option<DeviceChoice> device = DeviceOption.Create(DeviceChoice.Auto);
    private readonly Option<IPEndPoint?> dashboard = DashboardOption.Create("In a folder: serve");
    private readonly Option<IPEndPoint?> metrics = MetricsOption.Create("In a folder: serve");

    private readonly Option<long?> budget = OptionKinds.Integer("--budget", "N",
        "On a cluster: points that may fail, those that have failed included [default: as many as before].", 0L);

    public ResumeCommand(Terminal terminal, IReadOnlyCollection<IExperiment> catalogue, ClusterAccess cluster)
        : base("resume", "Go on with a sweep that was interrupted here, or paused or stopped on a cluster; "
            + "what is finished is not computed again.", terminal)
    {
        (this.catalogue, process) = (catalogue, cluster);
        server = new ServerOption(cluster);
        sweep = new SweepArgument(server);
        Add(sweep.Word);
        Add(threads);
        Add(device);
        Add(dashboard);
        Add(metrics);
        Add(budget);
        Add(server.Url);
    }

    public override ImmutableArray<string> Examples =>
        ["sweeps resume runs/phase-diagram", "sweeps resume drift-17 --budget 500 --server postgresql://ada@db.example.org/sweeps"];

    public override void WriteMoreHelp(TextWriter output) => SweepArgument.WriteHelp(output);

    protected override Task<int> ActAsync(ParseResult line, CancellationToken interruption)
    {
        var place = sweep.Resolve(line);
        return place.Value switch
        {
            SweepPlace.Folder { Path: var path } => FolderAsync(line, path, interruption),
            SweepPlace.OnCluster { Id: var id } => server.AskAsync(line, Terminal, ForFolders(line),
                asked => new SweepRequests(Terminal, asked).ResumeAsync(id, line.GetValue(budget), interruption), interruption),
            _ => Task.FromResult(Terminal.Refuse(place.Mistakes)),
        };
    }

    private async Task<int> FolderAsync(ParseResult line, string path, CancellationToken interruption)
    {
        if (line.GetValue(budget) is not null)
            return Terminal.Refuse($"--budget is for a sweep on a cluster, and {path} is a folder, whose budget begins anew when it is "
                + "resumed; leave it out");
        var choosing = CheckedDevices.Of(line.GetRequiredValue(device), line.GetValue(threads), catalogue, Terminal.Clock);
        if (!choosing.IsRight) return Terminal.Refuse(choosing.Mistakes);
        using ChosenDevices devices = choosing.Value;
        var telemetry = await RunTelemetry.StartAsync(line.GetValue(metrics), Terminal, process.Variable, interruption)
            .ConfigureAwait(false);
        await using (telemetry.ConfigureAwait(false))
        {
            var pages = await RunDashboard.StartAsync(line.GetValue(dashboard), Terminal, catalogue, interruption).ConfigureAwait(false);
            await using (pages.ConfigureAwait(false))
                return await new SweepRun(Terminal, catalogue, telemetry.Recorders, pages.Run)
                    .RunAsync(path, null, devices, interruption).ConfigureAwait(false);
        }
    }

    private IEnumerable<string> ForFolders(ParseResult line)
    {
        foreach (Option option in (Option[])[threads, device, dashboard, metrics])
            if (line.GetResult(option) is { Implicit: false })
                yield return $"{option.Name} is for a folder of this machine; on a cluster silos have their own, so leave it out";
    }
}
