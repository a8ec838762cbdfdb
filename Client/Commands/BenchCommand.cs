using System.Collections.Immutable;
using System.CommandLine;
using System.Runtime.InteropServices;
using Sweeps.Client.Display;
using Sweeps.Client.Measuring;
using Sweeps.Client.Shell;
using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels.Rates;
using Sweeps.Dashboard.Display;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Workers;

namespace Sweeps.Client.Commands;

/// <summary><c>sweeps bench</c>.</summary>
internal sealed class BenchCommand : ClientCommand
{
    // With what preparing and warming up take beyond it, under half a minute.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(24);

    private readonly Func<long, KernelRates> ratesOf;
    private readonly Option<bool> json = new("--json") { Description = "One JSON object; each figure by number of threads." };
    private readonly Option<DeviceChoice> device = DeviceOption.Create(DeviceChoice.Processor);

    private readonly Option<int?> threads = OptionKinds.Threads("Measures 1 and N threads [default: 1 and one per core].");

    /// <param name="terminal">Where to.</param>
    /// <param name="ratesOf">What to measure, given the bytes for the memory's bandwidth; the rates of this CPU unless told otherwise.</param>
    public BenchCommand(Terminal terminal, Func<long, KernelRates>? ratesOf = null)
        : base("bench", "How fast this machine is at what Sweeps does, beside its own peak; takes half a minute.", terminal)
    {
        this.ratesOf = ratesOf ?? KernelRates.OfCpu;
        Add(json);
        Add(threads);
        Add(device);
    }

    public override ImmutableArray<string> Examples => ["sweeps bench", "sweeps bench --threads 4 --json", "sweeps bench --device cuda"];

    protected override Task<int> ActAsync(ParseResult line, CancellationToken interruption)
    {
        var choice = line.GetRequiredValue(device);
        ImmutableArray<DetectedDevice> found;
        try
        {
            found = choice == DeviceChoice.Processor ? [] : DeviceCatalogue.Discover().Find(choice);
        }
        catch (DeviceException missing)
        {
            return Task.FromResult(Terminal.Refuse($"--device {choice}: {missing.Message}; leave it out, or write --device cpu"));
        }
        if (!found.IsEmpty) return Task.FromResult(OnDevice(line, found[0], interruption));
        if (choice == DeviceChoice.Auto) Terminal.Say("no GPU here: the processor's rates");
        var machine = ThisMachine.Look();
        long? cache = LastLevelCache.Bytes(LastLevelCache.Processors);
        long arrays = MemoryArrays.Bytes(machine.MemoryBytes, cache);
        var rates = ratesOf(arrays);
        int[] counts = [.. new[] { 1, line.GetValue(threads) ?? machine.Cores }.Distinct()];
        ImmutableArray<ThreadFigures> figures;
        try
        {
            figures = Measure(rates, counts, interruption);
        }
        catch (OutOfMemoryException)
        {
            Terminal.Say("sweeps bench: memory ran out; measure with fewer --threads, or on a machine with more");
            return Task.FromResult(ExitCode.MachineFailed);
        }

        var report = new BenchReport(
            machine, cache, RuntimeInformation.FrameworkDescription, DatasetMetadata.SoftwareVersion, LaneProcessor.Device, rates, figures);
        if (line.GetValue(json)) BenchJson.Write(Terminal.Out, report);
        else BenchTable.Write(Terminal, report);
        Terminal.Say($"rates: the best of {string.Join(" and ", figures.Select(each => each.Rounds))} rounds; "
            + "of peak: the median over the rounds of a kernel beside the peak measured just before and after it");
        if (MemoryArrays.FitTheCache(arrays, cache))
            Terminal.Say($"memory bandwidth: arrays of {Numbers.Bytes(arrays)} are all that the memory allows, and caches of "
                + $"{Numbers.Bytes(cache!.Value)} hold much of them; the memory itself is slower");
        return Task.FromResult(ExitCode.Done);
    }

    /// <summary>A device's rates, fed by one thread, and by several if that is asked for.</summary>
    private int OnDevice(ParseResult line, DetectedDevice detected, CancellationToken interruption)
    {
        try
        {
            using ComputeDevice open = ComputeDevice.Open(detected);
            var rates = KernelRates.OfDevice(open);
            int[] counts = [.. new[] { 1, line.GetValue(threads) ?? 1 }.Distinct()];
            var figures = Measure(rates, counts, interruption);
            var report = new BenchReport(
                ThisMachine.Look(), null, RuntimeInformation.FrameworkDescription, DatasetMetadata.SoftwareVersion, open.Description.ToString(), rates,
                figures);
            if (line.GetValue(json)) BenchJson.Write(Terminal.Out, report);
            else BenchTable.Write(Terminal, report);
            Terminal.Say("points and queries lie on the device beforehand; rates: the best of "
                + $"{string.Join(" and ", figures.Select(each => each.Rounds))} rounds; of peak: the median over the rounds");
            return ExitCode.Done;
        }
        catch (DeviceException failed)
        {
            Terminal.Say($"sweeps bench: {failed.Message}");
            return ExitCode.MachineFailed;
        }
    }

    private ImmutableArray<ThreadFigures> Measure(KernelRates rates, int[] counts, CancellationToken interruption)
    {
        var rounds = new MeasuringRounds(rates, Terminal.Clock);
        var budget = Budget / counts.Length;
        List<ThreadFigures> figures = [];
        foreach (int count in counts)
        {
            using var progress = new MeasuringProgress(Terminal, $"measuring {Numbers.Counted(count, "thread")}");
            figures.Add(rounds.Measure(count, budget, progress.Report, interruption));
        }
        return [.. figures];
    }
}
