using System.Collections.Immutable;

namespace Sweeps.Grains.Leases;

/// <summary>One application of the ledger: the state on its way to the next one, and the effects so far.</summary>
internal sealed class LedgerTurn(LedgerPolicy policy, Func<int, int> pointsOf, LedgerState state, DateTimeOffset now)
{
    private readonly LedgerPhase phaseBefore = state.Phase;
    private readonly ImmutableArray<LedgerEffect>.Builder effects = ImmutableArray.CreateBuilder<LedgerEffect>();

    /// <summary>Expires, takes the event, and says what became of it.</summary>
    public (LedgerState State, ImmutableArray<LedgerEffect> Effects) Play(LedgerEvent @event)
    {
        Expire();
        UpdatePhase(); // deaths may have completed or stopped the sweep before the event has its say
        Take(@event);
        UpdatePhase();
        if (state.Phase != phaseBefore) effects.Add(new LedgerEffect.PhaseChanged(state.Phase));
        return (state, effects.ToImmutable());
    }

    // Voids the leases whose time is over.
    private void Expire()
    {
        // Looking at all leases in every turn would make a turn's cost grow with the number of workers.
        if (state.NoExpiryBefore is not { } earliest || now < earliest) return;
        foreach (var lease in state.Leases.Values.Where(lease => lease.ExpiresAt <= now).ToList())
        {
            effects.Add(new LedgerEffect.Expired(lease));
            CountDeath(lease, "its lease ran out");
        }
        state = state with { NoExpiryBefore = state.Leases.Values.Min(lease => lease.ExpiresAt) };
    }

    private void Take(LedgerEvent @event)
    {
        switch (@event)
        {
            case LedgerEvent.Claim claim:
                Grant(claim);
                break;
            case LedgerEvent.Complete again when HasEnded(again.Lease, PointsOf(again)):
            case LedgerEvent.Release(var id) when state.Returned.ContainsKey(id.Chunk) && HasEnded(id, points: null):
            case LedgerEvent.Fail fail when HasEnded(fail.Lease, points: null):
                break; // whoever did not hear the answer has it now
            case LedgerEvent.Renew(var id) when Holder(id) is { } lease:
                var renewed = lease with { ExpiresAt = NewExpiry() };
                state = state with { Leases = state.Leases.SetItem(id.Chunk, renewed) };
                effects.Add(new LedgerEffect.Renewed(renewed));
                break;
            case LedgerEvent.Complete complete when Holder(complete.Lease) is { } lease:
                Settle(lease, complete);
                break;
            case LedgerEvent.Fail fail when Holder(fail.Lease) is { } lease:
                if (fail.WorkerDied) Died(lease, fail.Cause);
                else Failed(lease, fail.Cause);
                Remember(lease.Id, points: null);
                break;
            case LedgerEvent.Release(var id) when Holder(id) is { } lease:
                Return(lease, lease.History);
                Remember(id, points: null);
                break;
            case LedgerEvent.Lose(var worker):
                Lose(worker);
                break;
            case LedgerEvent.Pause:
                if (state.Phase is LedgerPhase.Running) state = state with { Phase = LedgerPhase.Paused };
                else if (state.Phase is not LedgerPhase.Paused) RefuseByPhase();
                break;
            case LedgerEvent.Resume resume:
                Resume(resume);
                break;
            case LedgerEvent.Cancel:
                Cancel();
                break;
            case LedgerEvent.Recover(var holdings):
                Recover(holdings);
                break;
            case LedgerEvent.Extend extend:
                Extend(extend);
                break;
        }
    }

    private void UpdatePhase()
    {
        if (state.Phase is LedgerPhase.Cancelled or LedgerPhase.Completed) return;
        if (state.Ended.Mark == state.ChunkCount) state = state with { Phase = LedgerPhase.Completed };
        else if (state.PointsFailed > state.FailureBudget) state = state with { Phase = LedgerPhase.FailedBudget };
    }

    private void Grant(LedgerEvent.Claim claim)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(claim.Maximum, 1, nameof(claim));
        if (state.Phase is not LedgerPhase.Running)
        {
            RefuseByPhase();
            return;
        }

        var granted = ImmutableArray.CreateBuilder<Lease>();
        var expiry = NewExpiry();
        while (granted.Count < claim.Maximum && NextWaiting() is var (chunk, history))
        {
            bool alone = history.Deaths >= policy.DeathsUntilAlone;
            // Granted by itself, too: what its worker holds beside it would share its death.
            if (alone && granted.Count > 0) break;
            var lease = new Lease(new LeaseId(chunk, state.NextEpoch, claim.Token), claim.Worker, expiry, history, alone);
            granted.Add(lease);
            state = state with
            {
                NextEpoch = state.NextEpoch + 1,
                Leases = state.Leases.Add(chunk, lease),
                Returned = state.Returned.Remove(chunk),
                LastEnded = state.Returned.ContainsKey(chunk) ? state.LastEnded.RemoveAll(ended => ended.Lease.Chunk == chunk) : state.LastEnded,
                Frontier = Math.Max(state.Frontier, chunk + 1),
            };
            if (alone) break;
        }
        if (granted.Count > 0)
        {
            state = state with { NoExpiryBefore = state.NoExpiryBefore is { } earliest && earliest < expiry ? earliest : expiry };
            effects.Add(new LedgerEffect.Granted(granted.DrainToImmutable()));
        }
        else Refuse(Refusal.NothingWaiting);
    }

    // Returned chunks come first, so that the mark moves on.
    private (int Chunk, ChunkHistory History)? NextWaiting()
    {
        if (!state.Returned.IsEmpty)
        {
            var (chunk, history) = state.Returned.First();
            return (chunk, history);
        }
        int fresh = state.Ended.FirstMissingFrom(state.Frontier);
        return fresh < state.ChunkCount ? (fresh, default) : null;
    }

    private void Settle(Lease lease, LedgerEvent.Complete complete)
    {
        if (complete.PointsDone < 0 || complete.PointsFailed < 0 || complete.PointsDone + complete.PointsFailed != pointsOf(lease.Id.Chunk))
        {
            Refuse(Refusal.PointsDisagree);
            return;
        }
        state = state with
        {
            Leases = state.Leases.Remove(lease.Id.Chunk),
            Ended = state.Ended.Add(lease.Id.Chunk),
            PointsDone = state.PointsDone + complete.PointsDone,
            PointsFailed = state.PointsFailed + complete.PointsFailed,
        };
        Remember(complete.Lease, PointsOf(complete));
        effects.Add(new LedgerEffect.Settled(lease.Id.Chunk));
    }

    private void Failed(Lease lease, string cause)
    {
        var history = lease.History with { Failures = lease.History.Failures + 1 };
        if (history.Failures >= policy.MaximumFailures) Quarantine(lease, cause);
        else Return(lease, history);
    }

    // The worker lives, and tells of the process: only so is it certain that nothing but the chunk was there to die of.
    private void Died(Lease lease, string cause)
    {
        if (!lease.Alone)
        {
            CountDeath(lease, cause);
            return;
        }
        var history = lease.History with { DeathsAlone = lease.History.DeathsAlone + 1 };
        if (history.DeathsAlone >= policy.MaximumDeathsAlone) Quarantine(lease, cause);
        else Return(lease, history);
    }

    private void Lose(string worker)
    {
        foreach (var lease in state.Leases.Values.Where(lease => lease.Worker == worker).ToList())
        {
            effects.Add(new LedgerEffect.Lost(lease));
            CountDeath(lease, "its silo was not heard of");
        }
    }

    // Of the chunk or of anything else: it takes many of them until the chunk is given up.
    private void CountDeath(Lease lease, string cause)
    {
        var history = lease.History with { Deaths = lease.History.Deaths + 1 };
        if (history.Deaths >= policy.MaximumDeaths) Quarantine(lease, $"{cause}; workers died or were lost with it {history.Deaths} times");
        else Return(lease, history);
    }

    private void Return(Lease lease, ChunkHistory history)
    {
        state = state with { Leases = state.Leases.Remove(lease.Id.Chunk), Returned = state.Returned.Add(lease.Id.Chunk, history) };
        effects.Add(new LedgerEffect.Returned(lease.Id.Chunk, history));
    }

    private void Quarantine(Lease lease, string cause)
    {
        int chunk = lease.Id.Chunk;
        state = state with
        {
            Leases = state.Leases.Remove(chunk),
            Ended = state.Ended.Add(chunk),
            Quarantined = state.Quarantined.Add(chunk),
            PointsFailed = state.PointsFailed + pointsOf(chunk),
        };
        effects.Add(new LedgerEffect.Quarantined(chunk, cause));
    }

    private void Resume(LedgerEvent.Resume resume)
    {
        if (state.Phase is LedgerPhase.Cancelled or LedgerPhase.Completed)
        {
            RefuseByPhase();
            return;
        }
        long budget = resume.FailureBudget ?? state.FailureBudget;
        ArgumentOutOfRangeException.ThrowIfNegative(budget, nameof(resume));
        if (state.PointsFailed > budget) Refuse(Refusal.OverBudget);
        else state = state with { Phase = LedgerPhase.Running, FailureBudget = budget };
    }

    private void Cancel()
    {
        if (state.Phase is LedgerPhase.Cancelled) return;
        if (state.Phase is LedgerPhase.Completed)
        {
            RefuseByPhase();
            return;
        }
        foreach (var lease in state.Leases.Values.ToList()) Revoke(lease);
        state = state with { Phase = LedgerPhase.Cancelled, NoExpiryBefore = null };
    }

    private void Recover(LedgerHoldings holdings)
    {
        var held = Take(holdings, state.Ended, state.ChunkCount);
        foreach (var lease in state.Leases.Values.Where(lease => held.Contains(lease.Id.Chunk)).ToList()) Revoke(lease);
        state = state with
        {
            Ended = held,
            Quarantined = QuarantinedOf(holdings, state.Quarantined),
            Returned = state.Returned.RemoveRange(state.Returned.Keys.Where(held.Contains)),
            PointsDone = holdings.PointsDone,
            PointsFailed = holdings.PointsFailed,
        };
    }

    private void Extend(LedgerEvent.Extend extend)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(extend.ChunkCount, 1, nameof(extend));
        if (state.Phase is LedgerPhase.Cancelled)
        {
            RefuseByPhase();
            return;
        }
        foreach (var lease in state.Leases.Values) effects.Add(new LedgerEffect.Revoked(lease));
        state = LedgerState.Begin(extend.ChunkCount, state.FailureBudget) with
        {
            // Epochs go on: a worker with a lease of the old plan must not pass for one of the new.
            NextEpoch = state.NextEpoch,
            Phase = state.Phase is LedgerPhase.Paused ? LedgerPhase.Paused : LedgerPhase.Running,
            Ended = Take(extend.Holdings, ChunkSet.Empty, extend.ChunkCount),
            Quarantined = QuarantinedOf(extend.Holdings, []),
            PointsDone = extend.Holdings.PointsDone,
            PointsFailed = extend.Holdings.PointsFailed,
        };
    }

    private static ChunkSet Take(LedgerHoldings holdings, ChunkSet ended, int chunkCount)
    {
        foreach (var range in holdings.Settled.Concat(holdings.Quarantined.Select(chunk => new ChunkRange(chunk, chunk + 1))))
        {
            ArgumentOutOfRangeException.ThrowIfNegative(range.First, nameof(holdings));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(range.End, chunkCount, nameof(holdings));
            ended = ended.Add(range);
        }
        return ended;
    }

    // A file in place outweighs a quarantine: the chunk was finished after all.
    private static ImmutableSortedSet<int> QuarantinedOf(LedgerHoldings holdings, ImmutableSortedSet<int> before)
    {
        var settled = holdings.Settled.Aggregate(ChunkSet.Empty, (set, range) => set.Add(range));
        return before.Union(holdings.Quarantined).Except(before.Union(holdings.Quarantined).Where(settled.Contains));
    }

    private void Revoke(Lease lease)
    {
        effects.Add(new LedgerEffect.Revoked(lease));
        state = state with { Leases = state.Leases.Remove(lease.Id.Chunk), Returned = state.Returned.Add(lease.Id.Chunk, lease.History) };
    }

    private static CompletedPoints PointsOf(LedgerEvent.Complete complete) => new(complete.PointsDone, complete.PointsFailed);

    // Looks through a short list, and only for leases that are not live.
    private bool HasEnded(LeaseId id, CompletedPoints? points) =>
        !(state.Leases.TryGetValue(id.Chunk, out var lease) && lease.Id == id) && state.LastEnded.Contains(new EndedLease(id, points));

    private void Remember(LeaseId id, CompletedPoints? points)
    {
        var last = state.LastEnded.Add(new EndedLease(id, points));
        state = state with { LastEnded = last.Count <= LedgerState.RememberedEnds ? last : last.RemoveAt(0) };
    }

    // The live lease with this id; null, and a refusal, if there is none.
    private Lease? Holder(LeaseId id)
    {
        if (state.Phase is LedgerPhase.Cancelled) Refuse(Refusal.Cancelled);
        else if (!state.Leases.TryGetValue(id.Chunk, out var lease)) Refuse(Refusal.UnknownLease);
        else if (lease.Id.Epoch != id.Epoch) Refuse(Refusal.StaleEpoch);
        else if (lease.Id.Token != id.Token) Refuse(Refusal.WrongToken);
        else return lease;
        return null;
    }

    private DateTimeOffset? NewExpiry() => policy.LeaseDuration is { } duration ? now + duration : null;

    private void RefuseByPhase() => Refuse(state.Phase switch
    {
        LedgerPhase.Paused => Refusal.Paused,
        LedgerPhase.FailedBudget => Refusal.OverBudget,
        LedgerPhase.Cancelled => Refusal.Cancelled,
        _ => Refusal.Completed,
    });

    private void Refuse(Refusal reason) => effects.Add(new LedgerEffect.Refused(reason));
}
