namespace Sweeps.Grains.Hosts;

/// <summary>How a run ended.</summary>
public abstract record SweepOutcome
{
    private SweepOutcome()
    {
    }

    /// <summary>Every point has a row.</summary>
    public sealed record Completed : SweepOutcome;

    /// <summary>Every chunk is settled, but some points failed.</summary>
    public sealed record CompletedWithFailures(long Count) : SweepOutcome;

    /// <summary>Too many points failed to go on; see <see cref="FailureBudget"/>. It can be resumed, with its budget anew.</summary>
    public sealed record FailureBudgetSpent(long Count) : SweepOutcome;

    /// <summary>Cancelled; it can be resumed.</summary>
    public sealed record Interrupted : SweepOutcome;

    /// <summary>The machine failed; it can be resumed when the cause is gone.</summary>
    public sealed record MachineFailed(string Sentence) : SweepOutcome;
}
