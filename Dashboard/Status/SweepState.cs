using Sweeps.Dashboard.Display;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Dashboard.Status;

/// <summary>Where a sweep on a cluster stands, for users: its ledger's phase and its dataset's stage in one word.</summary>
internal enum SweepState
{
    /// <summary>No lane works on it.</summary>
    Waiting,
    Running,
    Paused,

    /// <summary>A silo takes over the rows of the smaller grid.</summary>
    Extending,

    /// <summary>Every chunk has ended; a silo merges the files.</summary>
    Merging,
    Complete,
    CompleteWithFailures,
    Cancelled,

    /// <summary>By itself: too many points failed.</summary>
    Stopped,
}

internal static class SweepStates
{
    public static SweepState State(this ServerSweep sweep) => (sweep.Progress.Phase, sweep.Stage) switch
    {
        (LedgerPhase.Cancelled, _) => SweepState.Cancelled,
        (_, DatasetStage.Extending) => SweepState.Extending,
        (LedgerPhase.FailedBudget, _) => SweepState.Stopped,
        (LedgerPhase.Completed, DatasetStage.Finished) =>
            sweep.Progress.PointsFailed == 0 ? SweepState.Complete : SweepState.CompleteWithFailures,
        (LedgerPhase.Completed, _) => SweepState.Merging,
        (LedgerPhase.Paused, _) => SweepState.Paused,
        _ => sweep.Lanes == 0 ? SweepState.Waiting : SweepState.Running,
    };

    /// <summary>Whether nothing more happens to it unless somebody asks for it.</summary>
    public static bool HasEnded(this SweepState state) =>
        state is SweepState.Complete or SweepState.CompleteWithFailures or SweepState.Cancelled or SweepState.Stopped;

    /// <summary>A word for programs and tables: <c>complete_with_failures</c>.</summary>
    public static string Word(this SweepState state) =>
        state is SweepState.CompleteWithFailures ? "complete_with_failures" : state.ToString().ToLowerInvariant();

    /// <summary>The state for people: <c>running on 6 lanes</c>.</summary>
    public static string StateInWords(this ServerSweep sweep) => sweep.State() switch
    {
        SweepState.Waiting => "waiting for a silo",
        SweepState.Running => $"running on {Numbers.Counted(sweep.Lanes, "lane")}",
        SweepState.Paused when sweep.Progress.Leased > 0 => $"paused; {Numbers.Counted(sweep.Progress.Leased, "chunk")} in hand end first",
        SweepState.CompleteWithFailures => "complete with failures",
        SweepState.Stopped => "stopped: too many points failed",
        var state => state.Word(),
    };
}
