using Sweeps.Grains.Hosts.Local;
using Sweeps.Grains.Leases;

namespace Sweeps.Grains.Tests.Hosts.Local;

public sealed class RecentChunkLogTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SweepLedger ledger = new(new LedgerPolicy(), _ => 7);
    private readonly RecentChunkLog log = new();
    private LedgerState state = LedgerState.Begin(4, 100);

    private static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    private void Take(LedgerEvent turn, double seconds)
    {
        (state, var effects) = ledger.Apply(state, turn, At(seconds));
        log.Note(turn, effects, At(seconds));
    }

    private LeaseId Lease(int chunk) => state.Leases.Values.Single(lease => lease.Id.Chunk == chunk).Id;

    private string[] Seen(double seconds) =>
    [
        .. log.Read(At(seconds)).Select(chunk =>
            $"{chunk.Chunk} {chunk.Worker} {(chunk.GrantedAt - Start).TotalSeconds} {(chunk.SettledAt - Start)?.TotalSeconds} {chunk.Points}"),
    ];

    [Fact]
    public void It_has_what_is_held_and_for_a_minute_what_was_settled()
    {
        Take(new LedgerEvent.Claim("a", 2, Guid.Empty), 0);
        Take(new LedgerEvent.Claim("b", 1, Guid.Empty), 1);
        Take(new LedgerEvent.Complete(Lease(0), 5, 2), 3);

        Assert.Equal(["2 b 1  ", "0 a 0 3 7", "1 a 0  "], Seen(4));
        Assert.Equal(["2 b 1  ", "0 a 0 3 7", "1 a 0  "], Seen(62.9));
        Assert.Equal(["2 b 1  ", "1 a 0  "], Seen(63));
    }

    [Fact]
    public void What_is_handed_back_failed_or_revoked_is_held_no_more()
    {
        Take(new LedgerEvent.Claim("a", 4, Guid.Empty), 0);
        Take(new LedgerEvent.Release(Lease(0)), 1);
        Take(new LedgerEvent.Fail(Lease(1), "lost"), 1);
        Assert.Equal(["2 a 0  ", "3 a 0  "], Seen(2));

        Take(new LedgerEvent.Cancel(), 3);
        Assert.Empty(Seen(3));
    }

    [Fact]
    public void A_completion_that_is_refused_changes_nothing()
    {
        Take(new LedgerEvent.Claim("a", 1, Guid.Empty), 0);
        Take(new LedgerEvent.Complete(Lease(0) with { Epoch = 99 }, 7, 0), 1);

        Assert.Equal(["0 a 0  "], Seen(2));
    }
}
