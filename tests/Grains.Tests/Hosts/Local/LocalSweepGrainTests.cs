using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Tests.Hosts.Local;

/// <summary>The mailbox: who asks gets an answer.</summary>
public sealed class LocalSweepGrainTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_failure_of_any_kind_reaches_who_asked_and_changes_nothing_for_who_asks_next()
    {
        bool fails = true;
        SweepLedger ledger = new(new LedgerPolicy(), _ => fails ? throw new InvalidDataException("the plan cannot be read") : 1);
        await using LocalSweepGrain grain = new(ledger, LedgerState.Begin(2, 100), TimeProvider.System);
        var claimed = await grain.ClaimAsync("worker", 2).WaitAsync(Deadline);
        var before = await grain.ProgressAsync().WaitAsync(Deadline);

        var failure = await Assert.ThrowsAsync<InvalidDataException>(
            () => grain.CompleteAsync([new(claimed.Leases[0].Id, 1, 0)]).WaitAsync(Deadline));
        Assert.Equal("the plan cannot be read", failure.Message);

        Assert.Equal(before, await grain.ProgressAsync().WaitAsync(Deadline));
        fails = false;
        var answers = await grain.CompleteAsync([.. claimed.Leases.Select(lease => new Completion(lease.Id, 1, 0))]).WaitAsync(Deadline);
        Assert.All(answers, refusal => Assert.Null(refusal));
        Assert.Equal(LedgerPhase.Completed, (await grain.ProgressAsync().WaitAsync(Deadline)).Phase);
    }
}
