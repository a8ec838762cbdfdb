using System.Collections.Immutable;
using System.Text.Json;
using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Tests.Leases;

public class SweepLedgerTests
{
    [Fact]
    public void Chunks_are_granted_in_order_with_ascending_epochs()
    {
        var run = new LedgerRun(5);
        var leases = run.Claim(2).Concat(run.Claim(9, token: 2)).ToArray();
        Assert.Equal([0, 1, 2, 3, 4], leases.Select(lease => lease.Id.Chunk));
        Assert.Equal([1, 2, 3, 4, 5], leases.Select(lease => lease.Id.Epoch));
        Assert.All(leases, lease => Assert.Equal(run.Now.AddMinutes(1), lease.ExpiresAt));
        Assert.Equal(LedgerRun.Refused(Refusal.NothingWaiting), run.Apply(new LedgerEvent.Claim("w", 1, Guid.Empty)));
    }

    [Fact]
    public void A_sweep_completes_when_its_last_chunk_settles()
    {
        var run = new LedgerRun(2);
        var leases = run.Claim(2);
        Assert.Equal([new LedgerEffect.Settled(1)], run.Complete(leases[1]));
        Assert.Equal([new LedgerEffect.Settled(0), new LedgerEffect.PhaseChanged(LedgerPhase.Completed)],
            run.Complete(leases[0], failed: 4));
        Assert.Equal(new LedgerProgress(LedgerPhase.Completed, 2, 2, 0, 0, 0, 9, 4), run.State.Progress);
        Assert.Equal(LedgerRun.Refused(Refusal.Completed), run.Apply(new LedgerEvent.Claim("w", 1, Guid.Empty)));
    }

    [Fact]
    public void What_ended_a_lease_is_answered_as_before_when_said_again_without_effect()
    {
        var run = new LedgerRun(4);
        var leases = run.Claim(3);
        run.Complete(leases[0], failed: 1);
        run.Apply(new LedgerEvent.Release(leases[1].Id));
        run.Apply(new LedgerEvent.Fail(leases[2].Id, "boom"));
        var before = run.State;
        Assert.Empty(run.Complete(leases[0], failed: 1));
        Assert.Empty(run.Apply(new LedgerEvent.Release(leases[1].Id)));
        Assert.Empty(run.Apply(new LedgerEvent.Fail(leases[2].Id, "boom")));
        Assert.Same(before, run.State);
    }

    [Fact]
    public void Something_else_about_an_ended_lease_is_refused_without_harm()
    {
        var run = new LedgerRun(4);
        var leases = run.Claim(3);
        run.Complete(leases[0]);
        run.Apply(new LedgerEvent.Release(leases[1].Id));
        run.Apply(new LedgerEvent.Fail(leases[2].Id, "boom"));
        var before = run.State;
        foreach (var @event in (LedgerEvent[])[new LedgerEvent.Complete(leases[0].Id, 9, 1), new LedgerEvent.Release(leases[0].Id),
            new LedgerEvent.Fail(leases[0].Id, ""),
            new LedgerEvent.Complete(leases[1].Id, 10, 0), new LedgerEvent.Renew(leases[1].Id), new LedgerEvent.Complete(leases[2].Id, 10, 0),
            new LedgerEvent.Complete(leases[0].Id with { Token = LedgerRun.Token(9) }, 10, 0)])
            Assert.Equal(LedgerRun.Refused(Refusal.UnknownLease), run.Apply(@event));
        Assert.Same(before, run.State);
    }

    [Fact]
    public void A_release_said_again_does_not_touch_the_next_holder()
    {
        var run = new LedgerRun(1);
        var first = run.Claim()[0];
        run.Apply(new LedgerEvent.Release(first.Id));
        var second = run.Claim(token: 2)[0];
        Assert.Equal(LedgerRun.Refused(Refusal.StaleEpoch), run.Apply(new LedgerEvent.Release(first.Id)));
        Assert.Equal(second, run.State.Leases[0]);
    }

    [Fact]
    public void A_lost_lease_is_recognised_by_epoch_and_token()
    {
        var run = new LedgerRun(1);
        var lost = run.Claim()[0];
        run.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(LedgerRun.Refused(Refusal.UnknownLease), run.Complete(lost).Where(effect => effect is LedgerEffect.Refused));
        var next = run.Claim(token: 2)[0];
        Assert.Equal(LedgerRun.Refused(Refusal.StaleEpoch), run.Complete(lost));
        Assert.Equal(LedgerRun.Refused(Refusal.StaleEpoch), run.Apply(new LedgerEvent.Renew(lost.Id)));
        Assert.Equal(LedgerRun.Refused(Refusal.StaleEpoch), run.Apply(new LedgerEvent.Fail(lost.Id, "")));
        Assert.Equal(LedgerRun.Refused(Refusal.WrongToken),
            run.Apply(new LedgerEvent.Release(next.Id with { Token = LedgerRun.Token(9) })));
        Assert.Equal(new LedgerEffect.Settled(0), run.Complete(next)[0]);
    }

    [Fact]
    public void A_renewed_lease_lives_on()
    {
        var run = new LedgerRun(2);
        var leases = run.Claim(2);
        run.Now += TimeSpan.FromSeconds(59);
        Assert.IsType<LedgerEffect.Renewed>(Assert.Single(run.Apply(new LedgerEvent.Renew(leases[0].Id))));
        run.Now += TimeSpan.FromSeconds(1);
        var effects = run.Apply(new LedgerEvent.Tick());
        Assert.Equal([new LedgerEffect.Expired(leases[1]), new LedgerEffect.Returned(1, new ChunkHistory(0, 1, 0))], effects);
        Assert.Equal(1, run.State.Progress.Leased);
    }

    [Fact]
    public void Without_a_duration_leases_never_expire()
    {
        var run = new LedgerRun(2, new LedgerPolicy());
        Assert.Null(run.Claim()[0].ExpiresAt);
        run.Now += TimeSpan.FromDays(1000);
        Assert.Empty(run.Apply(new LedgerEvent.Tick()));
    }

    [Fact]
    public void A_chunk_that_fails_three_times_is_quarantined_and_its_points_have_failed()
    {
        var run = new LedgerRun(2);
        for (int failure = 1; failure <= 2; failure++)
            Assert.Equal([new LedgerEffect.Returned(0, new ChunkHistory(failure, 0, 0))],
                run.Apply(new LedgerEvent.Fail(run.Claim()[0].Id, "boom")));
        Assert.Equal([new LedgerEffect.Quarantined(0, "boom")], run.Apply(new LedgerEvent.Fail(run.Claim()[0].Id, "boom")));
        Assert.Equal(new LedgerProgress(LedgerPhase.Running, 2, 0, 0, 1, 1, 0, 10), run.State.Progress);
        Assert.Equal(1, run.Claim()[0].Id.Chunk);
    }

    [Fact]
    public void A_chunk_whose_workers_died_twice_runs_alone_and_two_deaths_there_that_are_told_of_quarantine_it()
    {
        var run = new LedgerRun(2);
        ChunkHistory[] histories = [new(0, 1, 0), new(0, 2, 0), new(0, 2, 1)];
        for (int death = 0; death < 3; death++)
        {
            var lease = run.Claim()[0];
            Assert.Equal((0, death >= 2), (lease.Id.Chunk, lease.Alone));
            Assert.Equal([new LedgerEffect.Returned(0, histories[death])], run.Apply(new LedgerEvent.Fail(lease.Id, "killed", WorkerDied: true)));
        }
        Assert.Equal([new LedgerEffect.Quarantined(0, "killed")], run.Apply(new LedgerEvent.Fail(run.Claim()[0].Id, "killed", WorkerDied: true)));
        Assert.Equal(1, run.State.Progress.Quarantined);
    }

    [Theory]
    [InlineData(false, "its lease ran out")]
    [InlineData(true, "its silo was not heard of")]
    public void A_chunk_whose_workers_are_lost_nine_times_alone_or_not_goes_on_and_the_tenth_time_gives_it_up(bool isLost, string cause)
    {
        var run = new LedgerRun(2);
        for (int loss = 1; loss <= 10; loss++)
        {
            var lease = run.Claim()[0];
            Assert.Equal((0, loss > 2, new ChunkHistory(0, loss - 1, 0)), (lease.Id.Chunk, lease.Alone, lease.History));
            if (!isLost) run.Now += TimeSpan.FromMinutes(1);
            Assert.Equal(
                [
                    isLost ? new LedgerEffect.Lost(lease) : new LedgerEffect.Expired(lease),
                    loss < 10
                        ? new LedgerEffect.Returned(0, new(0, loss, 0))
                        : new LedgerEffect.Quarantined(0, cause + "; workers died or were lost with it 10 times"),
                ],
                run.Apply(isLost ? new LedgerEvent.Lose("w") : new LedgerEvent.Tick()));
        }
        Assert.Equal(new LedgerProgress(LedgerPhase.Running, 2, 0, 0, 1, 1, 0, 10), run.State.Progress);
    }

    [Fact]
    public void Losses_between_two_deaths_alone_neither_count_as_such_nor_make_them_forgotten()
    {
        var run = new LedgerRun(2, LedgerRun.Minute with { DeathsUntilAlone = 0 });
        run.Apply(new LedgerEvent.Fail(run.Claim()[0].Id, "killed", WorkerDied: true));
        for (int loss = 1; loss <= 3; loss++)
        {
            run.Claim();
            Assert.Contains(new LedgerEffect.Returned(0, new(0, loss, 1)), run.Apply(new LedgerEvent.Lose("w")));
        }
        Assert.Equal([new LedgerEffect.Quarantined(0, "killed")], run.Apply(new LedgerEvent.Fail(run.Claim()[0].Id, "killed", WorkerDied: true)));
    }

    [Fact]
    public void Deaths_that_are_told_of_beside_other_work_count_towards_the_bound_of_losses()
    {
        var run = new LedgerRun(2, LedgerRun.Minute with { DeathsUntilAlone = int.MaxValue, MaximumDeaths = 2 });
        run.Claim();
        run.Apply(new LedgerEvent.Lose("w"));
        Assert.Equal(
            [new LedgerEffect.Quarantined(0, "killed; workers died or were lost with it 2 times")],
            run.Apply(new LedgerEvent.Fail(run.Claim()[0].Id, "killed", WorkerDied: true)));
    }

    [Fact]
    public void A_worker_that_is_lost_loses_its_own_leases_alone_and_at_once()
    {
        var run = new LedgerRun(4);
        var lost = run.Claim(2, "lost");
        var other = Assert.Single(run.Claim(1, "other", 2));
        Assert.Equal(
            [
                new LedgerEffect.Lost(lost[0]), new LedgerEffect.Returned(0, new(0, 1, 0)),
                new LedgerEffect.Lost(lost[1]), new LedgerEffect.Returned(1, new(0, 1, 0)),
            ],
            run.Apply(new LedgerEvent.Lose("lost")));
        Assert.Empty(run.Apply(new LedgerEvent.Lose("lost")));
        Assert.Equal([other], run.State.Leases.Values);
        Assert.Equal(LedgerRun.Refused(Refusal.UnknownLease), run.Complete(lost[0]));
        Assert.Equal(new LedgerEffect.Settled(2), run.Complete(other)[0]);
    }

    [Fact]
    public void A_released_chunk_waits_again_unharmed_and_is_granted_first()
    {
        var run = new LedgerRun(3);
        var leases = run.Claim(2);
        Assert.Equal([new LedgerEffect.Returned(0, default)], run.Apply(new LedgerEvent.Release(leases[0].Id)));
        Assert.Equal([0, 2], run.Claim(5).Select(lease => lease.Id.Chunk));
    }

    [Fact]
    public void Failures_beyond_the_budget_stop_the_sweep_until_it_is_raised()
    {
        var run = new LedgerRun(3, budget: 5);
        var leases = run.Claim(2);
        Assert.Equal([new LedgerEffect.Settled(0)], run.Complete(leases[0], failed: 5));
        Assert.Equal([new LedgerEffect.Settled(1), new LedgerEffect.PhaseChanged(LedgerPhase.FailedBudget)],
            run.Complete(leases[1], failed: 1));
        Assert.Equal(LedgerRun.Refused(Refusal.OverBudget), run.Apply(new LedgerEvent.Claim("w", 1, Guid.Empty)));
        Assert.Equal(LedgerRun.Refused(Refusal.OverBudget), run.Apply(new LedgerEvent.Resume()));
        Assert.Equal([new LedgerEffect.PhaseChanged(LedgerPhase.Running)], run.Apply(new LedgerEvent.Resume(6)));
        Assert.Single(run.Claim());
    }

    [Fact]
    public void A_quarantine_by_expiry_in_the_turn_of_a_claim_stops_that_claim()
    {
        var run = new LedgerRun(2, LedgerRun.Minute with { MaximumDeaths = 1 }, budget: 0);
        run.Claim();
        run.Now += TimeSpan.FromMinutes(1);
        var effects = run.Apply(new LedgerEvent.Claim("w", 1, Guid.Empty));
        Assert.Contains(new LedgerEffect.Refused(Refusal.OverBudget), effects);
        Assert.Equal(LedgerPhase.FailedBudget, run.State.Phase);
    }

    [Fact]
    public void A_paused_sweep_grants_nothing_and_lets_workers_end()
    {
        var run = new LedgerRun(3);
        var leases = run.Claim(2);
        Assert.Equal([new LedgerEffect.PhaseChanged(LedgerPhase.Paused)], run.Apply(new LedgerEvent.Pause()));
        Assert.Empty(run.Apply(new LedgerEvent.Pause()));
        Assert.Equal(LedgerRun.Refused(Refusal.Paused), run.Apply(new LedgerEvent.Claim("w", 1, Guid.Empty)));
        Assert.IsType<LedgerEffect.Renewed>(run.Apply(new LedgerEvent.Renew(leases[1].Id))[0]);
        Assert.Equal([new LedgerEffect.Settled(0)], run.Complete(leases[0]));
        Assert.Equal([new LedgerEffect.PhaseChanged(LedgerPhase.Running)], run.Apply(new LedgerEvent.Resume()));
        Assert.Equal(2, run.Claim()[0].Id.Chunk);
    }

    [Fact]
    public void A_cancelled_sweep_voids_its_leases_for_ever()
    {
        var run = new LedgerRun(3);
        var lease = run.Claim()[0];
        Assert.Equal([new LedgerEffect.Revoked(lease), new LedgerEffect.PhaseChanged(LedgerPhase.Cancelled)],
            run.Apply(new LedgerEvent.Cancel()));
        foreach (var @event in (LedgerEvent[])[new LedgerEvent.Renew(lease.Id), new LedgerEvent.Complete(lease.Id, 10, 0),
            new LedgerEvent.Resume(), new LedgerEvent.Pause(), new LedgerEvent.Claim("w", 1, Guid.Empty),
            new LedgerEvent.Extend(9, Holdings([]))])
            Assert.Equal(LedgerRun.Refused(Refusal.Cancelled), run.Apply(@event));
    }

    [Fact]
    public void Points_that_do_not_add_up_are_refused()
    {
        var run = new LedgerRun(2);
        var lease = run.Claim()[0];
        Assert.Equal(LedgerRun.Refused(Refusal.PointsDisagree), run.Apply(new LedgerEvent.Complete(lease.Id, 9, 0)));
        Assert.Equal(LedgerRun.Refused(Refusal.PointsDisagree), run.Apply(new LedgerEvent.Complete(lease.Id, 11, -1)));
        Assert.Equal(1, run.State.Progress.Leased);
    }

    [Fact]
    public void Recovery_takes_what_the_files_say()
    {
        var run = new LedgerRun(8);
        run.Apply(new LedgerEvent.Recover(Holdings([new(0, 2), new(4, 6)], [6, 4], done: 40, failed: 10)));
        Assert.Equal(new LedgerProgress(LedgerPhase.Running, 8, 4, 0, 3, 1, 40, 10), run.State.Progress);
        Assert.Equal([2, 3, 7], run.Claim(9).Select(lease => lease.Id.Chunk));
    }

    [Fact]
    public void Recovery_of_everything_completes_the_sweep()
    {
        var run = new LedgerRun(3);
        var effects = run.Apply(new LedgerEvent.Recover(Holdings([new(0, 3)], done: 23)));
        Assert.Equal([new LedgerEffect.PhaseChanged(LedgerPhase.Completed)], effects);
    }

    [Fact]
    public void An_extension_voids_leases_keeps_epochs_and_runs_what_is_new()
    {
        var run = new LedgerRun(2);
        var leases = run.Claim(2);
        run.Complete(leases[0]);
        run.Apply(new LedgerEvent.Pause());
        run.Apply(new LedgerEvent.Resume());
        var effects = run.Apply(new LedgerEvent.Extend(6, Holdings([new(1, 3)], done: 10)));
        Assert.Equal([new LedgerEffect.Revoked(leases[1])], effects);
        Assert.Equal(LedgerRun.Refused(Refusal.UnknownLease), run.Apply(new LedgerEvent.Renew(leases[1].Id)));
        var next = run.Claim(9);
        Assert.Equal([0, 3, 4, 5], next.Select(lease => lease.Id.Chunk));
        Assert.Equal(3, next[0].Id.Epoch);
    }

    [Fact]
    public void A_completed_sweep_runs_again_when_extended()
    {
        var run = new LedgerRun(1);
        run.Complete(run.Claim()[0]);
        Assert.Equal([new LedgerEffect.PhaseChanged(LedgerPhase.Running)],
            run.Apply(new LedgerEvent.Extend(2, Holdings([new(0, 1)], done: 3))));
    }

    [Fact]
    public void Misuse_throws()
    {
        var run = new LedgerRun(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Claim(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Apply(new LedgerEvent.Recover(Holdings([new(1, 3)]))));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Apply(new LedgerEvent.Recover(Holdings([], [-1]))));
        Assert.Throws<ArgumentOutOfRangeException>(() => LedgerState.Begin(0, 0));
    }

    [Fact]
    public void A_state_survives_json()
    {
        var run = new LedgerRun(20);
        var leases = run.Claim(9);
        foreach (int chunk in (int[])[0, 1, 3, 4, 7]) run.Complete(leases[chunk], failed: 1);
        run.Apply(new LedgerEvent.Fail(leases[2].Id, "x"));
        run.Apply(new LedgerEvent.Recover(Holdings([], [6], done: 45, failed: 15)));
        var copy = JsonSerializer.Deserialize<LedgerState>(JsonSerializer.Serialize(run.State))!;
        Assert.Equal(run.State.Progress, copy.Progress);
        Assert.Equal(run.State.Ended, copy.Ended);
        Assert.Equal(run.State.Leases.AsEnumerable(), copy.Leases.AsEnumerable());
        Assert.Equal(run.State.Returned.AsEnumerable(), copy.Returned.AsEnumerable());
        Assert.Equal(run.State.LastEnded.AsEnumerable(), copy.LastEnded.AsEnumerable());
        Assert.Equal((run.State.NextEpoch, run.State.Frontier, run.State.NoExpiryBefore),
            (copy.NextEpoch, copy.Frontier, copy.NoExpiryBefore));
    }

    [Fact]
    public void The_state_stays_small_however_many_chunks_end()
    {
        var run = new LedgerRun(50_000);
        var straggler = run.Claim()[0];
        var leases = run.Claim(49_000);
        foreach (var lease in leases) run.Complete(lease);
        Assert.Equal(0, run.State.Ended.Mark);
        Assert.Single(run.State.Ended.Above);
        Assert.Single(run.State.Leases);
        Assert.Empty(run.State.Returned);
        Assert.Equal(LedgerState.RememberedEnds, run.State.LastEnded.Count);
        run.Complete(straggler);
        Assert.Equal(49_001, run.State.Ended.Mark);
    }

    private static LedgerHoldings Holdings(ChunkRange[] settled, int[]? quarantined = null, long done = 0, long failed = 0) =>
        new(ImmutableArray.Create(settled), ImmutableArray.Create(quarantined ?? []), done, failed);
}
