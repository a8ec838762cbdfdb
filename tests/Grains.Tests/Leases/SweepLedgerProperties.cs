using FsCheck;
using FsCheck.Fluent;
using Sweeps.Grains.Leases;
using Sweeps.Properties;

namespace Sweeps.Grains.Tests.Leases;

/// <summary>Random histories, held against a naive model and against what must never happen.</summary>
public class SweepLedgerProperties
{
    private const int Chunks = 12;

    /// <summary>Random histories seldom have ten deaths of one chunk.</summary>
    private static readonly LedgerPolicy Policy = LedgerRun.Minute with { MaximumDeaths = 4 };

    /// <summary>A step of a history: what happens, to which of the leases ever granted, and how long after the last step.</summary>
    private sealed record Step(int Kind, int Pick, int Amount, int Seconds);

    [Fact]
    public void Every_history_is_that_of_the_model() => ForAllHistories((run, steps) =>
    {
        var model = new LedgerModel(Chunks, Policy, 40, run.PointsOf);
        foreach (var (@event, effects) in Replay(run, steps))
        {
            string expected = model.Take(@event, run.Now);
            string answer = string.Join(' ', effects.Select(effect => effect switch
            {
                LedgerEffect.Granted granted => string.Join(' ', granted.Leases.Select(lease => $"{lease.Id}{lease.Alone}")),
                LedgerEffect.Refused refused => refused.Reason.ToString(),
                _ => "",
            }).Where(words => words.Length > 0));
            Assert.Equal(expected, answer);
            Assert.Equal(model.Progress, run.State.Progress);
            Assert.Equal(model.Live, run.State.Leases.Values.Select(lease => lease.Id));
        }
        return true;
    });

    [Fact]
    public void No_chunk_is_leased_twice_or_again_after_it_ended_and_epochs_rise() => ForAllHistories((run, steps) =>
    {
        HashSet<int> held = [], ended = [];
        long epoch = 0;
        foreach (var (_, effects) in Replay(run, steps))
        {
            foreach (var effect in effects)
                switch (effect)
                {
                    case LedgerEffect.Granted granted:
                        foreach (var lease in granted.Leases)
                        {
                            if (ended.Contains(lease.Id.Chunk) || !held.Add(lease.Id.Chunk) || lease.Id.Epoch <= epoch) return false;
                            epoch = lease.Id.Epoch;
                        }
                        break;
                    case LedgerEffect.Returned returned when !held.Remove(returned.Chunk):
                    case LedgerEffect.Settled settled when !held.Remove(settled.Chunk) || !ended.Add(settled.Chunk):
                    case LedgerEffect.Quarantined quarantined when !held.Remove(quarantined.Chunk) || !ended.Add(quarantined.Chunk):
                        return false;
                }
            var progress = run.State.Progress;
            if (progress.Settled + progress.Leased + progress.Waiting + progress.Quarantined != Chunks) return false;
            if (!held.SetEquals(run.State.Leases.Keys)) return false;
            if (Enumerable.Range(0, Chunks).Any(chunk => run.State.Ended.Contains(chunk) != ended.Contains(chunk))) return false;
        }
        return true;
    });

    [Fact]
    public void After_any_history_workers_that_complete_bring_the_sweep_to_its_end() => ForAllHistories((run, steps) =>
    {
        foreach (var _ in Replay(run, steps))
        {
        }
        run.Now += TimeSpan.FromMinutes(1); // whoever holds a lease is gone
        run.Apply(new LedgerEvent.Resume(long.MaxValue));
        for (int turn = 0; turn < Chunks && run.State.Phase is LedgerPhase.Running; turn++)
            foreach (var lease in run.Claim()) run.Complete(lease);
        var progress = run.State.Progress;
        return progress.Phase is LedgerPhase.Completed && progress.Settled + progress.Quarantined == Chunks
            && progress.PointsDone + progress.PointsFailed == Enumerable.Range(0, Chunks).Sum(run.PointsOf);
    });

    [Fact]
    public void The_same_event_on_the_same_state_has_the_same_outcome() => ForAllHistories((run, steps) =>
    {
        var twin = new LedgerRun(Chunks, Policy, budget: 40);
        foreach (var (@event, effects) in Replay(run, steps))
        {
            twin.Now = run.Now;
            if (!twin.Apply(@event).SequenceEqual(effects)) return false;
        }
        return true;
    });

    private static void ForAllHistories(Func<LedgerRun, List<Step>, bool> holds)
    {
        var step = from kind in Gen.Choose(0, 20)
                   from pick in Gen.Choose(0, 10_000)
                   from amount in Gen.Choose(0, 3)
                   from seconds in Gen.Elements(0, 0, 0, 1, 20, 59, 60)
                   select new Step(kind, pick, amount, seconds);
        var history = Gen.Choose(0, 120).SelectMany(length => step.ListOf(length)).Select(steps => steps.ToList());
        Prop.ForAll(history.ToArbitrary(), steps => holds(new LedgerRun(Chunks, Policy, budget: 40), steps))
            .Check(Repeatable.Runs.WithMaxTest(400));
    }

    private static IEnumerable<(LedgerEvent Event, IReadOnlyList<LedgerEffect> Effects)> Replay(LedgerRun run, List<Step> steps)
    {
        List<LeaseId> ever = [];
        foreach (var step in steps)
        {
            run.Now += TimeSpan.FromSeconds(step.Seconds);
            // Mostly the leases granted last, sometimes one long lost, sometimes with a wrong token.
            var id = ever.Count == 0 ? default : step.Pick % 4 == 0 ? ever[step.Pick % ever.Count]
                : ever[Math.Max(0, ever.Count - 1 - step.Pick % 3)];
            if (step.Pick % 23 == 0) id = id with { Token = LedgerRun.Token(-1) };
            long points = run.PointsOf(id.Chunk), failed = step.Pick % 5 == 0 ? step.Amount : 0;
            LedgerEvent @event = step.Kind switch
            {
                <= 5 => new LedgerEvent.Claim($"w{step.Pick % 2}", 1 + step.Amount, LedgerRun.Token(step.Pick)),
                <= 7 => new LedgerEvent.Renew(id),
                <= 11 => new LedgerEvent.Complete(id, points - failed + (step.Pick % 29 == 0 ? 1 : 0), failed),
                <= 13 => new LedgerEvent.Fail(id, "cause", WorkerDied: step.Amount == 0),
                14 => new LedgerEvent.Release(id),
                15 => new LedgerEvent.Pause(),
                19 => new LedgerEvent.Lose($"w{step.Pick % 2}"),
                16 or 17 => new LedgerEvent.Resume(step.Pick % 7 == 0 ? step.Pick % 200 : null),
                _ => new LedgerEvent.Tick(),
            };
            var effects = run.Apply(@event);
            ever.AddRange(effects.OfType<LedgerEffect.Granted>().SelectMany(granted => granted.Leases).Select(lease => lease.Id));
            yield return (@event, effects);
        }
    }
}
