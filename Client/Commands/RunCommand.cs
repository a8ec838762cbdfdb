using System.Collections.Immutable;
using System.CommandLine;
using System.Net;
using Sweeps.Client.Cluster;
using Sweeps.Client.Display;
using Sweeps.Client.Running;
using Sweeps.Client.Shell;
using Sweeps.Client.Telemetry;
using Sweeps.Compute.Devices;
using Sweeps.Compute.Experiments;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps run</c>.</summary>
internal sealed class RunCommand : ClientCommand
{
    private readonly IReadOnlyCollection<IExperiment> catalogue;
    private readonly ClusterAccess process;
    private readonly SpecFile spec;

    private readonly Option<string?> folder = new("--out")
    {
        Description = "Folder of the dataset [default: runs/NAME]. "
            + "If it holds the same sweep, that goes on; if a smaller one, it is extended.",
        HelpName = "DIR",
    };

    private readonly Option<int?> threads = OptionKinds.Threads("Threads that compute [default: all].");
    private readonly Option<DeviceChoice> device = DeviceOption.Create(DeviceChoice.Auto);
    private readonly Option<IPEndPoint?> dashboard = DashboardOption.Create();
    private readonly Option<IPEndPoint?> metrics = MetricsOption.Create();

    public RunCommand(Terminal terminal, IReadOnlyCollection<IExperiment> catalogue, ClusterAccess process)
        : base("run", "Run a sweep here, to the end, in this process.", terminal)
    {
        (this.catalogue, this.process) = (catalogue, process);
        spec = new SpecFile(catalogue);
        spec.AddTo(this);
        Add(folder);
        Add(threads);
        Add(device);
        Add(dashboard);
        Add(metrics);
    }

    public override ImmutableArray<string> Examples =>
        ["sweeps run phase-diagram.yaml", "sweeps run phase-diagram.yaml --set samples=65536 --out runs/finer --dashboard"];

    public override void WriteMoreHelp(TextWriter output) => CatalogueHelp.Write(output, catalogue);

    protected override async Task<int> ActAsync(ParseResult line, CancellationToken interruption)
    {
        var reading = spec.Read(line);
        string[] mistakes = line.GetValue(folder) is { } given && (given.Length == 0 || given.Contains('\0'))
            ? ["--out names no folder; write --out DIR, or leave it out for runs/NAME"]
            : [];
        var choosing = CheckedDevices.Of(line.GetRequiredValue(device), line.GetValue(threads), catalogue, Terminal.Clock);
        using var devices = choosing.Value;
        if (!reading.IsRight || devices is null || mistakes.Length > 0)
            return Terminal.Refuse([.. mistakes, .. reading.Mistakes, .. choosing.Mistakes]);
        string directory = line.GetValue(folder) ?? Path.Combine("runs", reading.Value.Name);
        var telemetry = await RunTelemetry.StartAsync(line.GetValue(metrics), Terminal, process.Variable, interruption)
            .ConfigureAwait(false);
        await using (telemetry.ConfigureAwait(false))
        {
            var pages = await RunDashboard.StartAsync(line.GetValue(dashboard), Terminal, catalogue, interruption).ConfigureAwait(false);
            await using (pages.ConfigureAwait(false))
                return await new SweepRun(Terminal, catalogue, telemetry.Recorders, pages.Run)
                    .RunAsync(directory, reading.Value, devices, interruption).ConfigureAwait(false);
        }
    }
}
