using System.Collections.Immutable;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Fakes;

/// <summary>A sweep in memory, with the real ledger.</summary>
internal sealed class FakeSweep
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SweepLedger ledger;
    private ChunkPlan plan;
    private LedgerState state;

    public FakeSweep(string id, SweepSpec spec, SweepDemands? demands = null)
    {
        (Id, Spec, Demands) = (id, spec, demands ?? new());
        plan = new ChunkPlan(new PointGrid(spec));
        ledger = new SweepLedger(new LedgerPolicy(), chunk => plan.ChunkAt(chunk).Count);
        state = LedgerState.Begin(plan.ChunkCount, FailureBudget.Of(plan.PointCount));
    }

    public string Id { get; }

    public SweepSpec Spec { get; private set; }

    /// <summary>In place of the spec's own, as another version may have written it.</summary>
    public string? SpecJson { get; set; }

    public SweepDemands Demands { get; }

    public DatasetStage Stage { get; set; } = DatasetStage.Ready;

    public double? Rate { get; set; }

    public ImmutableArray<string> Notes { get; set; } = [];

    /// <summary>An answer to all requests; null to let the ledger decide.</summary>
    public Refusal? Refuses { get; set; }

    public List<ChunkEvidence> Evidence { get; } = [];

    public List<RecentChunk> RecentChunks { get; } = [];

    /// <summary>What is held now.</summary>
    public ImmutableArray<LeaseId> Leases => [.. state.Leases.Values.Select(lease => lease.Id)];

    public bool HasEnded =>
        state.Phase is LedgerPhase.Cancelled || (state.Phase is LedgerPhase.Completed && Stage is DatasetStage.Finished);

    public ServerSweep Seen => new(
        Id, SpecJson ?? Spec.ToJson(), Spec.Hash, "0.1.0", Stage, plan.PointCount, state.Progress, state.FailureBudget, Demands,
        state.Leases.Values.Select(lease => lease.Worker).Distinct().Count(), Rate,
        Rate is { } rate ? TimeSpan.FromSeconds((plan.PointCount - state.PointsDone) / rate) : null, Now,
        HasEnded ? Now.AddMinutes(90) : null, Notes);

    public ServerAnswer Take(LedgerEvent @event)
    {
        if (Refuses is { } reason) return new ServerAnswer.Refused(reason);
        (state, var effects) = ledger.Apply(state, @event, Now);
        return effects.OfType<LedgerEffect.Refused>().FirstOrDefault() is { } refused
            ? new ServerAnswer.Refused(refused.Reason)
            : new ServerAnswer.Done();
    }

    /// <summary>A worker takes chunks.</summary>
    public ImmutableArray<Lease> Lease(string worker, int chunks)
    {
        (state, var effects) = ledger.Apply(state, new LedgerEvent.Claim(worker, chunks, Guid.Empty), Now);
        return effects.OfType<LedgerEffect.Granted>().Single().Leases;
    }

    /// <summary>A worker takes chunks and ends them, with every point done or every point failed.</summary>
    public void Work(int chunks, bool fail = false)
    {
        foreach (var lease in Lease("host-1/0", chunks))
        {
            int points = plan.ChunkAt(lease.Id.Chunk).Count;
            Assert.IsType<ServerAnswer.Done>(Take(new LedgerEvent.Complete(lease.Id, fail ? 0 : points, fail ? points : 0)));
        }
    }

    public ServerAnswer Extend(string from, SweepSpec spec)
    {
        if (state.Phase is LedgerPhase.Cancelled) return new ServerAnswer.Refused(Refusal.Cancelled);
        if (from != Spec.Hash) return new ServerAnswer.Refused(Refusal.PlanChanged);
        (Spec, Stage, plan) = (spec, DatasetStage.Extending, new ChunkPlan(new PointGrid(spec)));
        return Take(new LedgerEvent.Extend(plan.ChunkCount, new LedgerHoldings([], [], 0, 0)));
    }
}
