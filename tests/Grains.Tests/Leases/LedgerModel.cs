using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Tests.Leases;

/// <summary>
/// The ledger as one would first write it: a row per chunk, all rows looked at in every step. No ranges, no frontier, no cached expiry.
/// </summary>
internal sealed class LedgerModel(int chunks, LedgerPolicy policy, long budget, Func<int, long> pointsOf)
{
    private enum Stage
    {
        Fresh,
        Returned,
        Leased,
        Settled,
        Quarantined,
    }

    private sealed class Row
    {
        public Stage Stage { get; set; }

        public LeaseId Id { get; set; }

        public DateTimeOffset? ExpiresAt { get; set; }

        public int Failures { get; set; }

        public int Deaths { get; set; }

        public int DeathsAlone { get; set; }

        public bool Alone { get; set; }

        public string Worker { get; set; } = "";

        /// <summary>Whether the last grant ended by the word of its worker.</summary>
        public bool Told { get; set; }

        public (long Done, long Failed) Points { get; set; }
    }

    private readonly Row[] rows = [.. Enumerable.Range(0, chunks).Select(_ => new Row())];
    private LedgerPhase phase = LedgerPhase.Running;
    private long epoch;
    private long done;
    private long failed;

    public LedgerProgress Progress => new(
        phase, chunks, Count(Stage.Settled), Count(Stage.Leased), Count(Stage.Fresh) + Count(Stage.Returned),
        Count(Stage.Quarantined), done, failed);

    public LeaseId[] Live => [.. rows.Where(row => row.Stage is Stage.Leased).Select(row => row.Id)];

    /// <summary>Takes the event; what is granted, or the refusal, in words.</summary>
    public string Take(LedgerEvent @event, DateTimeOffset now)
    {
        for (int chunk = 0; chunk < chunks; chunk++)
            if (rows[chunk].Stage is Stage.Leased && rows[chunk].ExpiresAt <= now) Die(chunk, reported: false);
        UpdateStop();
        string answer = Answer(@event, now);
        UpdateStop();
        return answer;
    }

    private string Answer(LedgerEvent @event, DateTimeOffset now)
    {
        switch (@event)
        {
            case LedgerEvent.Claim claim:
                return Claim(claim, now);
            case LedgerEvent.Renew(var id):
                return Check(id) ?? Do(() => rows[id.Chunk].ExpiresAt = now + policy.LeaseDuration);
            case LedgerEvent.Complete complete:
                if (Again(complete.Lease, Stage.Settled) && rows[complete.Lease.Chunk].Points == (complete.PointsDone, complete.PointsFailed)) return "";
                return Check(complete.Lease)
                    ?? (complete.PointsDone + complete.PointsFailed != pointsOf(complete.Lease.Chunk) ? "PointsDisagree" : Do(() =>
                    {
                        rows[complete.Lease.Chunk].Stage = Stage.Settled;
                        (rows[complete.Lease.Chunk].Told, rows[complete.Lease.Chunk].Points) = (true, (complete.PointsDone, complete.PointsFailed));
                        (done, failed) = (done + complete.PointsDone, failed + complete.PointsFailed);
                    }));
            case LedgerEvent.Fail(var id, _, var died):
                if (Again(id, Stage.Returned) || Again(id, Stage.Quarantined)) return "";
                return Check(id) ?? Do(() =>
                {
                    rows[id.Chunk].Told = true;
                    if (died)
                    {
                        Die(id.Chunk, reported: true);
                        return;
                    }
                    rows[id.Chunk].Stage = Stage.Returned;
                    if (++rows[id.Chunk].Failures == policy.MaximumFailures) Quarantine(id.Chunk);
                });
            case LedgerEvent.Release(var id):
                if (Again(id, Stage.Returned)) return "";
                return Check(id) ?? Do(() => (rows[id.Chunk].Stage, rows[id.Chunk].Told) = (Stage.Returned, true));
            case LedgerEvent.Lose(var worker):
                for (int chunk = 0; chunk < chunks; chunk++)
                    if (rows[chunk].Stage is Stage.Leased && rows[chunk].Worker == worker) Die(chunk, reported: false);
                return "";
            case LedgerEvent.Pause:
                if (phase is not (LedgerPhase.Running or LedgerPhase.Paused)) return ByPhase();
                phase = LedgerPhase.Paused;
                return "";
            case LedgerEvent.Resume(var raised):
                if (phase is LedgerPhase.Completed) return ByPhase();
                if (failed > (raised ?? budget)) return "OverBudget";
                (budget, phase) = (raised ?? budget, LedgerPhase.Running);
                return "";
            default:
                return "";
        }
    }

    private string Claim(LedgerEvent.Claim claim, DateTimeOffset now)
    {
        if (phase is not LedgerPhase.Running) return ByPhase();
        List<string> granted = [];
        foreach (var stage in (Stage[])[Stage.Returned, Stage.Fresh])
            for (int chunk = 0; chunk < chunks && granted.Count < claim.Maximum; chunk++)
                if (rows[chunk].Stage == stage)
                {
                    var row = rows[chunk];
                    bool alone = row.Deaths >= policy.DeathsUntilAlone;
                    if (alone && granted.Count > 0) return string.Join(' ', granted);
                    row.Worker = claim.Worker;
                    row.Stage = Stage.Leased;
                    row.Id = new LeaseId(chunk, ++epoch, claim.Token);
                    row.ExpiresAt = now + policy.LeaseDuration;
                    row.Told = false;
                    row.Alone = alone;
                    granted.Add($"{row.Id}{row.Alone}");
                    if (alone) return granted[^1];
                }
        return granted.Count == 0 ? "NothingWaiting" : string.Join(' ', granted);
    }

    private bool Again(LeaseId id, Stage stage) => rows[id.Chunk] is { Told: true } row && row.Stage == stage && row.Id == id;

    private string? Check(LeaseId id) => rows[id.Chunk] switch
    {
        { Stage: not Stage.Leased } => "UnknownLease",
        var row when row.Id.Epoch != id.Epoch => "StaleEpoch",
        var row when row.Id.Token != id.Token => "WrongToken",
        _ => null,
    };

    private void Die(int chunk, bool reported)
    {
        var row = rows[chunk];
        row.Stage = Stage.Returned;
        bool isGivenUp = reported && row.Alone ? ++row.DeathsAlone == policy.MaximumDeathsAlone : ++row.Deaths == policy.MaximumDeaths;
        if (isGivenUp) Quarantine(chunk);
    }

    private void Quarantine(int chunk)
    {
        rows[chunk].Stage = Stage.Quarantined;
        failed += pointsOf(chunk);
    }

    private void UpdateStop()
    {
        if (phase is LedgerPhase.Completed) return;
        if (rows.All(row => row.Stage is Stage.Settled or Stage.Quarantined)) phase = LedgerPhase.Completed;
        else if (failed > budget) phase = LedgerPhase.FailedBudget;
    }

    private string ByPhase() => phase switch
    {
        LedgerPhase.Paused => "Paused",
        LedgerPhase.FailedBudget => "OverBudget",
        _ => "Completed",
    };

    private int Count(Stage stage) => rows.Count(row => row.Stage == stage);

    private static string Do(Action action)
    {
        action();
        return "";
    }
}
