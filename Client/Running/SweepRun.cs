using Sweeps.Client.Shell;
using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Display;
using Sweeps.Dashboard.Hosting;
using Sweeps.Dashboard.Status;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Specs;
using Sweeps.Grains.Telemetry;
using Sweeps.Grains.Workers;

namespace Sweeps.Client.Running;

/// <summary>Runs a sweep in this process, shows how far it is, and says what came of it.</summary>
/// <param name="terminal">Where it is shown and said.</param>
/// <param name="catalogue">The experiments there are.</param>
/// <param name="recorders">Record it; null where nobody wants to know.</param>
/// <param name="pages">Show it, too, and may end it; null for nowhere.</param>
internal sealed class SweepRun(
    Terminal terminal, IReadOnlyCollection<IExperiment> catalogue, Recorders? recorders, LocalSweepServer? pages = null)
{
    /// <param name="folder">Where the dataset is or will be.</param>
    /// <param name="spec">What to run; null to go on with what the folder holds.</param>
    /// <param name="devices">What computes.</param>
    /// <param name="interruption">Ends the run.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(string folder, SweepSpec? spec, ChosenDevices devices, CancellationToken interruption)
    {
        switch (LocalSweep.Open(folder, spec, catalogue, terminal.Clock, interruption))
        {
            case LocalSweepOpening.Refused refused:
                terminal.Refuse(refused.Sentences);
                return refused.IsMachineFault ? ExitCode.MachineFailed : ExitCode.WrongRequest;
            case LocalSweepOpening.Opened opened:
                using (opened.Sweep) return await RunAsync(opened, folder, devices, interruption).ConfigureAwait(false);
            default:
                throw new InvalidOperationException("an opening is opened or refused");
        }
    }

    private async Task<int> RunAsync(LocalSweepOpening.Opened opened, string folder, ChosenDevices devices, CancellationToken interruption)
    {
        var sweep = opened.Sweep;
        long before = sweep.PointsSettled;
        string predicted = devices.ProcessorThreads is { } threads
            ? $"{About(Numbers.Duration(sweep.Plan.PredictedSeconds / threads))} predicted, "
            : "";
        terminal.Say(opened.Kind switch
        {
            OpeningKind.Continued => $"{folder}: going on with {sweep.Spec.Name}, {Numbers.Count(before)} of "
                + $"{Numbers.Count(sweep.Grid.Count)} points are there, {devices.Words}",
            OpeningKind.Extended => $"{folder}: extending {sweep.Spec.Name} to {Numbers.Count(sweep.Grid.Count)} points, "
                + $"{Numbers.Count(before)} are there, {devices.Words}",
            OpeningKind.AlreadyComplete => $"{folder}: {sweep.Spec.Name} is complete already",
            _ => $"{folder}: {sweep.Spec.Name}, {Numbers.Count(sweep.Grid.Count)} points, {predicted}{devices.Words}",
        });

        var text = new ProgressText(sweep.Spec.Experiment.Quantities(sweep.Spec.Measures));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(interruption);
        pages?.Show(sweep, devices.Lanes, stop.Cancel);
        var outcome = opened.Kind is OpeningKind.AlreadyComplete
            ? await sweep.RunAsync(devices.Lanes, null, stop.Token).ConfigureAwait(false)
            : await IProgressDisplay.For(terminal)
                .ShowAsync(news => sweep.RunAsync(devices.Lanes, new RunNews(text, news, pages), stop.Token, recorders)).ConfigureAwait(false);
        if (pages is not null) await pages.EndAsync(outcome).ConfigureAwait(false);
        return Conclude(outcome, sweep, folder);
    }

    private static string About(string duration) => duration.StartsWith("under ", StringComparison.Ordinal) ? duration : $"about {duration}";

    private int Conclude(SweepOutcome outcome, LocalSweep sweep, string folder)
    {
        string word = ShellWord.Of(folder);
        switch (outcome)
        {
            case SweepOutcome.Completed:
                SayDone(sweep, folder, 0);
                return ExitCode.Done;
            case SweepOutcome.CompletedWithFailures { Count: var count }:
                SayDone(sweep, folder, count);
                return ExitCode.SomePointsFailed;
            case SweepOutcome.FailureBudgetSpent { Count: var count }:
                terminal.Say($"stopped: {Numbers.Count(count)} points failed, more than a sweep of this size may lose; "
                    + $"see why with: sweeps status {word}; go on all the same with: sweeps resume {word}");
                return ExitCode.SomePointsFailed;
            case SweepOutcome.Interrupted:
                terminal.Say($"interrupted; finished chunks are safe. Go on with: sweeps resume {word}");
                return ExitCode.Interrupted;
            case SweepOutcome.MachineFailed { Sentence: var sentence }:
                terminal.Say($"{sentence}; when the cause is gone, go on with: sweeps resume {word}");
                return ExitCode.MachineFailed;
            default:
                throw new InvalidOperationException($"no such outcome: {outcome}");
        }
    }

    private void SayDone(LocalSweep sweep, string folder, long failed)
    {
        terminal.Say($"{folder}: {Numbers.Count(sweep.Grid.Count - failed)} rows in points/"
            + (failed == 0 ? "" : $"; {Numbers.Count(failed)} points failed, see failures/, or: sweeps status {ShellWord.Of(folder)}"));
        terminal.Say("next:");
        foreach (string line in NextSteps.After(sweep.Spec, folder)) terminal.Say($"  {line}");
    }
}
