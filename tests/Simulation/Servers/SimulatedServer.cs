using System.Collections.Immutable;
using System.Numerics;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;
using Sweeps.Simulation.Faults;
using Sweeps.Simulation.Judging;
using Sweeps.Simulation.Scheduling;
using Sweeps.Simulation.Sweep;

namespace Sweeps.Simulation.Servers;

/// <summary>
/// The database: the real ledger, one turn at a time, and around it what <c>SweepControl</c>, <c>DatasetJobs</c> and <c>Housekeeping</c> keep:
/// stage, generation, terms, silos. A turn that is done outlasts every fault.
/// </summary>
internal sealed class SimulatedServer(Timeline timeline, SimulatedGrid[] grids, ServerJudge judge, PlantedBug bug)
{
    public const double Lease = 60;
    private const double LostAfter = 10;
    private const double PauseAfterFailure = 30;

    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly LedgerPolicy Policy = new() { LeaseDuration = TimeSpan.FromSeconds(Lease) };

    private readonly Dictionary<string, double> heardAt = [];
    private readonly Dictionary<string, double> refusedAt = [];
    private readonly Dictionary<int, int> pointsOf = [];
    private readonly SimulatedTerm term = new();
    private LedgerState state = LedgerState.Begin(grids[0].Chunks, failureBudget: 1000);
    private double awayUntil = -1;
    private double keptHouseSince;
    private double jobNotBefore;

    public bool IsUp => timeline.Now >= awayUntil;

    public DatasetStage Stage { get; private set; } = DatasetStage.Absent;

    public int Generation { get; private set; } = 1;

    public LedgerPhase Phase => state.Phase;

    /// <summary>Whether there is nothing left to do.</summary>
    public bool IsOver => Phase is LedgerPhase.Cancelled || Stage is DatasetStage.Finished;

    private SimulatedGrid Grid => grids[Generation - 1];

    /// <summary>Unreachable for so many seconds; then silos first get the time to be heard of.</summary>
    public void GoAway(double seconds)
    {
        awayUntil = timeline.Now + seconds;
        keptHouseSince = awayUntil;
    }

    public bool Register(string silo) => heardAt.TryAdd(silo, timeline.Now) || heardAt.ContainsKey(silo);

    /// <returns>False if it was given up.</returns>
    public bool Beat(string silo)
    {
        if (!heardAt.ContainsKey(silo)) return false;
        heardAt[silo] = timeline.Now;
        return true;
    }

    /// <returns>The generation to work on; null if there is nothing to do.</returns>
    public int? Choose(string silo)
    {
        if (!heardAt.ContainsKey(silo) || refusedAt.TryGetValue(silo, out double at) && at > timeline.Now - LostAfter) return null;
        bool hasMore = state.Returned.Count > 0 || state.Ended.FirstMissingFrom(state.Frontier) < state.ChunkCount;
        return state.Phase is LedgerPhase.Running && Stage is DatasetStage.Ready && hasMore ? Generation : null;
    }

    public bool Refuse(string silo)
    {
        refusedAt[silo] = timeline.Now;
        return true;
    }

    /// <param name="generation">That the asker has opened.</param>
    /// <param name="worker">Its name.</param>
    /// <param name="most">Chunks.</param>
    /// <param name="token">Of the claim.</param>
    /// <param name="kept">Points that nobody computes, as the asker read them.</param>
    /// <param name="isAgain">Whether an answer may have been lost.</param>
    public (ImmutableArray<Lease> Leases, Refusal? Refusal) Claim(int generation, string worker, int most, Guid token, ulong kept, bool isAgain)
    {
        if (Stage is not DatasetStage.Ready || generation != Generation)
            return ([], Phase is LedgerPhase.Cancelled ? Refusal.Cancelled : Stage is DatasetStage.Finished ? Refusal.Completed : Refusal.PlanChanged);
        ImmutableArray<Lease> earlier = isAgain
            ? [.. state.Leases.Values.Where(lease => lease.Id.Token == token)]
            : [];
        if (earlier.Length >= most) return (earlier, null);
        if (Phase is LedgerPhase.Running)
        {
            judge.Keeps(generation, kept);
            for (int chunk = 0; chunk < Grid.Chunks; chunk++) pointsOf[chunk] = BitOperations.PopCount(Grid.PointsOf(chunk) & ~kept);
        }
        var effects = Apply(new LedgerEvent.Claim(worker, most - earlier.Length, token));
        var granted = effects.OfType<LedgerEffect.Granted>().FirstOrDefault();
        return granted is null && earlier.IsEmpty
            ? ([], effects.OfType<LedgerEffect.Refused>().Single().Reason)
            : ([.. earlier, .. granted?.Leases ?? []], null);
    }

    public ImmutableArray<Refusal?> Renew(ImmutableArray<LeaseId> leases) => [.. leases.Select(lease => Turn(new LedgerEvent.Renew(lease)))];

    public ImmutableArray<Refusal?> Release(ImmutableArray<LeaseId> leases) => [.. leases.Select(lease => Turn(new LedgerEvent.Release(lease)))];

    public Refusal? Fail(LeaseId lease) => Turn(new LedgerEvent.Fail(lease, "as luck would have it"));

    public ImmutableArray<Refusal?> Complete(ImmutableArray<Completion> completions) => [.. completions.Select(completion =>
    {
        var (lease, done, failed) = completion;
        judge.Asked = lease;
        if (bug is PlantedBug.EpochUnchecked && state.Leases.TryGetValue(lease.Chunk, out var held)) lease = held.Id;
        return Turn(new LedgerEvent.Complete(lease, done, failed));
    })];

    public SimulatedJob? TakeJob(string silo)
    {
        if (!heardAt.ContainsKey(silo) || timeline.Now < jobNotBefore || !term.IsFreeAt(timeline.Now)) return null;
        JobKind? kind = (Stage, Phase) switch
        {
            (DatasetStage.Absent, not LedgerPhase.Cancelled) => JobKind.Prepare,
            (DatasetStage.Extending, not LedgerPhase.Cancelled) => JobKind.Extend,
            (DatasetStage.Ready, LedgerPhase.Completed) => JobKind.Finish,
            _ => null,
        };
        return kind is { } work ? new(work, Generation, term.Take(silo, timeline.Now), [.. state.Quarantined], state.PointsDone) : null;
    }

    public bool RenewJob(string silo, SimulatedJob job) => term.Renew(silo, job.Epoch, timeline.Now);

    /// <returns>False if the term was over: nothing was changed.</returns>
    public bool EndJob(string silo, SimulatedJob job, LedgerHoldings? holdings)
    {
        bool isWanted = job.Kind switch
        {
            JobKind.Prepare => Stage is DatasetStage.Absent,
            JobKind.Extend => Stage is DatasetStage.Extending && Phase is not LedgerPhase.Cancelled,
            _ => Stage is DatasetStage.Ready && Phase is LedgerPhase.Completed,
        };
        if (!isWanted || job.Generation != Generation || !term.End(silo, job.Epoch, timeline.Now)) return false;
        if (job.Kind is JobKind.Finish) Stage = DatasetStage.Finished;
        else Begin(job.Kind, holdings!);
        return true;
    }

    public bool FailJob(string silo, SimulatedJob job)
    {
        term.End(silo, job.Epoch, timeline.Now);
        jobNotBefore = timeline.Now + PauseAfterFailure;
        return true;
    }

    /// <summary>A user's wish; some are refused.</summary>
    public void Ask(LedgerEvent wish) => Apply(wish);

    /// <returns>False: ask again later.</returns>
    public bool BeginExtension()
    {
        if (Phase is LedgerPhase.Cancelled || Stage is DatasetStage.Extending || Generation > 1) return true;
        if (Stage is DatasetStage.Absent) return false;
        Stage = DatasetStage.Extending;
        return true;
    }

    /// <summary>Leases that ran out, and those of silos that were not heard of.</summary>
    public void KeepHouse()
    {
        if (!IsUp) return;
        Apply(new LedgerEvent.Tick());
        if (timeline.Now - keptHouseSince < LostAfter) return;
        foreach (string silo in heardAt.Where(each => each.Value < timeline.Now - LostAfter).Select(each => each.Key).ToList())
        {
            heardAt.Remove(silo);
            if (bug is not PlantedBug.LossesBlamedOnChunks) Apply(new LedgerEvent.Lose(silo));
            else
                foreach (var lease in state.Leases.Values.Where(lease => lease.Worker == silo).ToList())
                    Apply(new LedgerEvent.Fail(lease.Id, "its silo was not heard of", WorkerDied: true));
        }
    }

    private void Begin(JobKind kind, LedgerHoldings holdings)
    {
        Stage = DatasetStage.Ready;
        refusedAt.Clear();
        pointsOf.Clear();
        if (kind is JobKind.Extend)
        {
            Generation++;
            Apply(new LedgerEvent.Extend(Grid.Chunks, holdings));
        }
        else Apply(new LedgerEvent.Recover(holdings));
    }

    // Where the rows of a plan were forgotten, nobody holds any.
    private Refusal? Turn(LedgerEvent @event) => Stage is DatasetStage.Ready
        ? Apply(@event).OfType<LedgerEffect.Refused>().FirstOrDefault()?.Reason
        : Refusal.UnknownLease;

    private ImmutableArray<LedgerEffect> Apply(LedgerEvent @event)
    {
        SweepLedger ledger = new(Policy, chunk => pointsOf.GetValueOrDefault(chunk));
        (state, var effects) = ledger.Apply(state, @event, Beginning.AddSeconds(timeline.Now));
        judge.Hear(Grid, @event, effects, state);
        return effects;
    }
}
