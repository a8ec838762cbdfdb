using FsCheck;
using FsCheck.Fluent;
using Sweeps.Grains.Leases;

namespace Sweeps.Contract.Hosts;

/// <summary>Long random histories, side by side with the pure ledger: the same grants, refusals and counts.</summary>
public abstract class ModelContract(IGrainHost host)
{
    private const int Chunks = 40;
    private const long Budget = 150;
    private const int Histories = 30;
    private const int Steps = 200;

    /// <summary>A step: what happens, to which of the leases ever granted, and how much of it.</summary>
    private sealed record Step(int Kind, int Pick, int Amount);

    [Fact]
    public async Task Every_history_is_that_of_the_ledger()
    {
        var step = from kind in Gen.Choose(0, 99) from pick in Gen.Choose(0, 100_000) from amount in Gen.Choose(0, 3) select new Step(kind, pick, amount);
        // FsCheck's own seed and size: the same histories in every run.
        var histories = step.ListOf(Steps).Sample(Histories, new Rnd(20_261_121UL, 17UL), 10);
        foreach (var history in histories) await HoldAgainstLedgerAsync([.. history]);
    }

    private async Task HoldAgainstLedgerAsync(Step[] history)
    {
        await using var sweep = await host.NewAsync(Chunks, Budget);
        var twin = new LedgerTwin(Chunks, Budget);
        for (int at = 0; at < history.Length; at++)
        {
            var (expected, actual) = await TakeAsync(sweep, twin, history[at]);
            Assert.True(expected == actual, $"step {at}, {history[at]}: the ledger says {expected}, the host {actual}");
            var progress = await sweep.Grain.ProgressAsync();
            Assert.True(twin.Progress == progress, $"step {at}, {history[at]}: the ledger has {twin.Progress}, the host {progress}");
        }
    }

    private async Task<(string Ledger, string Host)> TakeAsync(IGrainUnderTest sweep, LedgerTwin twin, Step step)
    {
        var grain = sweep.Grain;
        // Mostly the leases granted last, sometimes one long lost, sometimes with a wrong token.
        int place = twin.Ever.Count == 0 ? -1 : step.Pick % 4 == 0 ? step.Pick % twin.Ever.Count : Math.Max(0, twin.Ever.Count - 1 - step.Pick % 5);
        var (mine, theirs) = place < 0 ? default : twin.Ever[place];
        if (step.Pick % 23 == 0) (mine, theirs) = (mine with { Token = Guid.Empty }, theirs with { Token = Guid.Empty });
        long points = SamplePoints.Of(mine.Chunk), failed = step.Pick % 5 == 0 ? step.Amount : 0, wrong = step.Pick % 29 == 0 ? 1 : 0;
        switch (step.Kind)
        {
            case < 30:
                var answer = await grain.ClaimAsync("w", 1 + step.Amount);
                return (twin.Claim(1 + step.Amount, answer.Leases), LedgerTwin.Words(answer));
            case < 38:
                return (twin.Take(new LedgerEvent.Renew(mine)), LedgerTwin.Words(await grain.RenewAsync(theirs)));
            case < 65:
                return (twin.Take(new LedgerEvent.Complete(mine, points - failed + wrong, failed)),
                    LedgerTwin.Words(await grain.CompleteAsync(theirs, points - failed + wrong, failed)));
            case < 80:
                bool died = step.Amount < 2;
                return (twin.Take(new LedgerEvent.Fail(mine, "cause", died)), LedgerTwin.Words(await grain.FailAsync(theirs, "cause", died)));
            case < 86:
                return (twin.Take(new LedgerEvent.Release(mine)), LedgerTwin.Words(await grain.ReleaseAsync(theirs)));
            case < 89:
                return (twin.Take(new LedgerEvent.Pause()), LedgerTwin.Words(await grain.PauseAsync()));
            case < 95:
                long? budget = step.Pick % 3 == 0 ? step.Pick % 400 : null;
                return (twin.Take(new LedgerEvent.Resume(budget)), LedgerTwin.Words(await grain.ResumeAsync(budget)));
            case < 97 when host is IExpiringGrainHost expiring:
                await expiring.ExpireAllAsync(sweep);
                twin.ExpireAll();
                return ("", "");
            case 99 when host is IExpiringGrainHost losing:
                await losing.LoseAsync(sweep, "w");
                twin.Lose();
                return ("", "");
            case 97 when step.Pick % 4 == 0:
                var holdings = new LedgerHoldings([new(0, step.Pick % 9), new(11, 14)], [20 + step.Amount], step.Pick % 50, step.Amount);
                return (twin.Take(new LedgerEvent.Extend(Chunks, holdings)), LedgerTwin.Words(await grain.ExtendAsync(Chunks, holdings)));
            case 98 when step.Pick % 20 == 0:
                return (twin.Take(new LedgerEvent.Cancel()), LedgerTwin.Words(await grain.CancelAsync()));
            default:
                return ("", "");
        }
    }
}
