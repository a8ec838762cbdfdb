using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Client.Running;
using Sweeps.Client.Shell;
using Sweeps.Compute.Devices;
using Sweeps.Compute.Experiments;
using Sweeps.Grains.Workers;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps resume</c>.</summary>
internal sealed class ResumeCommand : ClientCommand
{
    private readonly IReadOnlyCollection<IExperiment> catalogue;
    private readonly FolderArgument folder;
    private readonly Option<int?> threads = OptionKinds.Threads("Threads that compute [default: all].");
    private readonly Option<DeviceChoice> device = DeviceOption.Create(DeviceChoice.Auto);

    public ResumeCommand(Terminal terminal, IReadOnlyCollection<IExperiment> catalogue)
        : base("resume", "Go on with a sweep that was interrupted; what is finished is not computed again.", terminal)
    {
        this.catalogue = catalogue;
        folder = new FolderArgument(catalogue);
        Add(folder.Path);
        Add(threads);
        Add(device);
    }

    public override ImmutableArray<string> Examples => ["sweeps resume runs/phase-diagram"];

    protected override async Task<int> ActAsync(ParseResult line, CancellationToken interruption)
    {
        var choosing = CheckedDevices.Of(line.GetRequiredValue(device), line.GetValue(threads), catalogue, Terminal.Clock);
        if (!choosing.IsRight) return Terminal.Refuse(choosing.Mistakes);
        using ChosenDevices devices = choosing.Value;
        string directory = line.GetRequiredValue(folder.Path);
        return await new SweepRun(Terminal, catalogue).RunAsync(directory, null, devices, interruption).ConfigureAwait(false);
    }
}
