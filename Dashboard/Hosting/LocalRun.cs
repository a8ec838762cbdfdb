using System.Collections.Immutable;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Specs;
using Sweeps.Grains.Workers;

namespace Sweeps.Dashboard.Hosting;

/// <summary>A run of this process, as it is shown.</summary>
/// <param name="sweep">What runs.</param>
/// <param name="devices">Its lanes.</param>
/// <param name="cancel">Ends the run as an interruption does.</param>
/// <param name="startedAt">When the process began with it.</param>
internal sealed class LocalRun(LocalSweep sweep, IReadOnlyList<ILaneDevice> devices, Action cancel, DateTimeOffset startedAt)
{
    private volatile LocalRunEnd? end;
    private volatile bool isCancelled;

    public LocalSweep Sweep => sweep;

    public IReadOnlyList<ILaneDevice> Devices => devices;

    public string SpecJson { get; } = sweep.Spec.ToJson();

    public string ResumeLine => $"sweeps resume {ShellWord.Of(sweep.Folder.Root)}";

    /// <summary>When the folder was first run in, here or by another process.</summary>
    public DateTimeOffset SubmittedAt { get; } = SweepJournal.Read(sweep.Folder) is [var first, ..] ? first.At : startedAt;

    /// <summary>Null while it goes on.</summary>
    public LocalRunEnd? End
    {
        get => end;
        set => end = value;
    }

    public bool IsCancelled => isCancelled;

    public void Cancel()
    {
        isCancelled = true;
        // Not on the thread of whoever asks, who is to have an answer before everything ends.
        _ = Task.Run(cancel);
    }

    /// <summary>The phase, where the way in which the run ended says more than its ledger.</summary>
    public LedgerPhase PhaseOver(LedgerPhase phase) => End?.Outcome switch
    {
        SweepOutcome.FailureBudgetSpent => LedgerPhase.FailedBudget,
        SweepOutcome.Interrupted or SweepOutcome.MachineFailed => LedgerPhase.Cancelled,
        null when isCancelled && phase is not LedgerPhase.Completed => LedgerPhase.Cancelled,
        _ => phase,
    };

    /// <summary>How to go on, where it has stopped; and what of its devices was lost since it began.</summary>
    public ImmutableArray<string> Notes()
    {
        string resume = $"finished chunks are safe, go on with: {ResumeLine}";
        string? stopped = End?.Outcome switch
        {
            SweepOutcome.MachineFailed { Sentence: var sentence } => $"{sentence}; {resume}",
            SweepOutcome.Interrupted or SweepOutcome.FailureBudgetSpent => $"the run has ended; {resume}",
            null when isCancelled => $"the run ends; {resume}",
            _ => null,
        };
        var lost = SweepJournal.Read(sweep.Folder).Where(each => each.At >= startedAt && each.What is "retired")
            .Reverse().Select(each => $"a device was lost: {each.Detail}");
        return stopped is null ? [.. lost] : [stopped, .. lost];
    }
}

/// <summary>How a run ended, and when.</summary>
internal sealed record LocalRunEnd(SweepOutcome Outcome, DateTimeOffset At);
