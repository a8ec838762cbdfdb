using System.Collections.Immutable;
using System.CommandLine;
using Sweeps.Client.Running;
using Sweeps.Client.Shell;
using Sweeps.Compute.Devices;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Display;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Workers;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps verify</c>.</summary>
internal sealed class VerifyCommand : ClientCommand
{
    private readonly IReadOnlyCollection<IExperiment> catalogue;
    private readonly FolderArgument folder;

    private readonly Option<long?> points = OptionKinds.Integer("--points", "K",
        "How many points to recompute, spread over those that are finished [default: 8].", 1L);

    private readonly Option<int?> threads = OptionKinds.Threads("Threads that compute [default: all].");
    private readonly Option<DeviceChoice> device = DeviceOption.Create(DeviceChoice.Processor);

    public VerifyCommand(Terminal terminal, IReadOnlyCollection<IExperiment> catalogue)
        : base("verify", "Recompute some points and compare with what is stored, every bit, or within rounding on another kind of device; "
            + "print the digest of all rows.", terminal)
    {
        this.catalogue = catalogue;
        folder = new FolderArgument(catalogue);
        Add(folder.Path);
        Add(points);
        Add(threads);
        Add(device);
    }

    public override ImmutableArray<string> Examples =>
        ["sweeps verify runs/phase-diagram", "sweeps verify runs/phase-diagram --points 100 --device opencl"];

    protected override Task<int> ActAsync(ParseResult line, CancellationToken interruption)
    {
        var opening = folder.Open(line);
        if (!opening.IsRight) return Task.FromResult(Terminal.Refuse(opening.Mistakes));
        using var sweep = opening.Value;
        if (sweep.FinishedPoints == 0)
            return Task.FromResult(Terminal.Refuse($"{line.GetRequiredValue(folder.Path)}: no point is finished yet; run the sweep first"));

        var choosing = CheckedDevices.Of(line.GetRequiredValue(device), line.GetValue(threads), catalogue, Terminal.Clock);
        if (!choosing.IsRight) return Task.FromResult(Terminal.Refuse(choosing.Mistakes));
        using ChosenDevices devices = choosing.Value;
        using var loop = new ParallelLoop(devices.ProcessorThreads ?? 1);
        var check = new PointCheck(sweep, devices.Lanes[0], loop);
        long compared = 0, differing = 0;
        foreach (var (batch, row) in StoredPoints.Spread(sweep, line.GetValue(points) ?? 8))
        {
            var differences = check.Differences(batch, row, interruption);
            foreach (string difference in differences) Terminal.Out.WriteLine(difference);
            compared++;
            if (differences.Count > 0) differing++;
        }
        string of = $"{Numbers.Count(compared)} of {Numbers.Count(sweep.FinishedPoints)} finished points recomputed";
        Terminal.Out.WriteLine(differing == 0 ? $"{of}: {Agreeing(check)}" : $"{of}: {Numbers.Count(differing)} differ");
        if (check.Agreement.WorstPlace is { } place)
            Terminal.Out.WriteLine($"largest difference: {check.Agreement.Worst:G2} standard errors ({place})");
        Terminal.Out.WriteLine($"sha256 of all rows: {DatasetDigest.Of(sweep.Reader)}");
        return Task.FromResult(differing == 0 ? ExitCode.Done : ExitCode.SomePointsFailed);
    }

    private static string Agreeing(PointCheck check) => (check.ByBits, check.WithinRounding) switch
    {
        (_, 0) => "every bit is the same",
        (0, _) => $"the same within {DeviceAgreement.LargestShare} standard errors",
        var (bits, rounding) =>
            $"{Numbers.Count(bits)} the same in every bit, {Numbers.Count(rounding)} within {DeviceAgreement.LargestShare} standard errors",
    };
}
