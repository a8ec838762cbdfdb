using System.Text;
using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Hosts.Postgres;

/// <summary>The words of the database for ours.</summary>
internal static class PostgresWords
{
    public static string Of(LedgerPhase phase) => phase switch
    {
        LedgerPhase.Running => "running",
        LedgerPhase.Paused => "paused",
        LedgerPhase.FailedBudget => "failed_budget",
        LedgerPhase.Cancelled => "cancelled",
        _ => "completed",
    };

    public static LedgerPhase Phase(string word) => word switch
    {
        "running" => LedgerPhase.Running,
        "paused" => LedgerPhase.Paused,
        "failed_budget" => LedgerPhase.FailedBudget,
        "cancelled" => LedgerPhase.Cancelled,
        "completed" => LedgerPhase.Completed,
        _ => throw new ServerException($"the database names a phase '{word}', which this software does not know; use a newer one"),
    };

    public static DatasetStage Stage(string word) => word switch
    {
        "absent" => DatasetStage.Absent,
        "ready" => DatasetStage.Ready,
        "extending" => DatasetStage.Extending,
        "finished" => DatasetStage.Finished,
        _ => throw new ServerException($"the database names a stage '{word}', which this software does not know; use a newer one"),
    };

    public static string Of(DeviceDemand demand) => demand switch
    {
        DeviceDemand.Processor => "processor",
        DeviceDemand.Accelerator => "accelerator",
        _ => "either",
    };

    public static DeviceDemand Demand(string word) => word switch
    {
        "processor" => DeviceDemand.Processor,
        "accelerator" => DeviceDemand.Accelerator,
        _ => DeviceDemand.Either,
    };

    /// <summary>A sentence as the database keeps it: bounded, and without what its text cannot hold.</summary>
    public static string Kept(string sentence)
    {
        const int longest = 8000;
        StringBuilder kept = new(Math.Min(sentence.Length, longest));
        // By whole characters: half of one cannot be sent.
        foreach (Rune rune in sentence.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > longest) break;
            kept.Append(rune.Value == 0 ? new Rune(' ') : rune);
        }
        return kept.ToString();
    }

    public static Refusal? Refusal(string? word) => word switch
    {
        null => null,
        "cancelled" => Leases.Refusal.Cancelled,
        "stale_epoch" => Leases.Refusal.StaleEpoch,
        "wrong_token" => Leases.Refusal.WrongToken,
        "points_disagree" => Leases.Refusal.PointsDisagree,
        _ => Leases.Refusal.UnknownLease,
    };
}
