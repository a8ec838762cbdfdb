using System.Collections.Immutable;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Contract.Hosts;

/// <summary>Who may renew, complete, fail and release.</summary>
public abstract class LeaseContract(IGrainHost host)
{
    private static readonly Guid Wrong = new("00000000-0000-0000-0000-00000000dead");

    [Fact]
    public async Task A_holder_renews_as_often_as_it_likes()
    {
        await using var sweep = await host.NewAsync(2);
        var leases = await sweep.Grain.LeasesAsync(2);
        for (int time = 0; time < 3; time++)
            (await sweep.Grain.RenewAsync([.. leases.Select(lease => lease.Id)])).Are(null, null);
        Assert.Null(await sweep.Grain.CompleteAsync(leases[0]));
    }

    [Fact]
    public async Task Nobody_does_anything_with_a_lease_that_never_was()
    {
        await using var sweep = await host.NewAsync(5);
        await sweep.Grain.LeasesAsync(2);
        await AllAreRefused(sweep.Grain, new LeaseId(3, 1, Wrong), Refusal.UnknownLease);
    }

    [Fact]
    public async Task Nobody_does_anything_with_a_token_that_is_not_the_grants()
    {
        await using var sweep = await host.NewAsync(2);
        var lease = (await sweep.Grain.LeasesAsync())[0];
        await AllAreRefused(sweep.Grain, lease.Id with { Token = Wrong }, Refusal.WrongToken);
        Assert.Null(await sweep.Grain.CompleteAsync(lease));
    }

    [Fact]
    public async Task Nobody_does_anything_with_the_epoch_of_an_earlier_or_a_later_grant()
    {
        await using var sweep = await host.NewAsync(2);
        var lost = (await sweep.Grain.LeasesAsync())[0];
        await sweep.Grain.ReleaseAsync(lost.Id);
        var lease = (await sweep.Grain.LeasesAsync(1, "next"))[0];
        Assert.Equal(lost.Id.Chunk, lease.Id.Chunk);
        await AllAreRefused(sweep.Grain, lost.Id, Refusal.StaleEpoch);
        await AllAreRefused(sweep.Grain, lease.Id with { Epoch = lease.Id.Epoch + 1 }, Refusal.StaleEpoch);
        Assert.Null(await sweep.Grain.CompleteAsync(lease));
    }

    [Fact]
    public async Task What_ended_a_lease_may_be_said_again()
    {
        await using var sweep = await host.NewAsync(5);
        var leases = await sweep.Grain.LeasesAsync(3);
        for (int time = 0; time < 3; time++)
        {
            Assert.Null(await sweep.Grain.CompleteAsync(leases[0], failed: 1));
            Assert.Null(await sweep.Grain.ReleaseAsync(leases[1].Id));
            Assert.Null(await sweep.Grain.FailAsync(leases[2].Id, "boom"));
        }
        var next = await sweep.Grain.LeasesAsync(2);
        Assert.Equal([default, new ChunkHistory(1, 0, 0)], next.Select(lease => lease.History));
        Assert.Equal(new LedgerProgress(LedgerPhase.Running, 5, 1, 2, 2, 0, 9, 1), await sweep.Grain.ProgressAsync());
    }

    [Fact]
    public async Task Something_else_about_an_ended_lease_is_refused_without_harm()
    {
        await using var sweep = await host.NewAsync(5);
        var leases = await sweep.Grain.LeasesAsync(3);
        await sweep.Grain.CompleteAsync(leases[0]);
        await sweep.Grain.ReleaseAsync(leases[1].Id);
        await sweep.Grain.FailAsync(leases[2].Id, "boom");
        var before = await sweep.Grain.ProgressAsync();
        (await sweep.Grain.RenewAsync([.. leases.Select(lease => lease.Id)])).Are(Refusal.UnknownLease, Refusal.UnknownLease, Refusal.UnknownLease);
        Assert.Equal(Refusal.UnknownLease, await sweep.Grain.ReleaseAsync(leases[0].Id));
        Assert.Equal(Refusal.UnknownLease, await sweep.Grain.FailAsync(leases[0].Id, "late"));
        Assert.Equal(Refusal.UnknownLease, await sweep.Grain.CompleteAsync(leases[0], failed: 1));
        Assert.Equal(Refusal.UnknownLease, await sweep.Grain.CompleteAsync(leases[1]));
        Assert.Equal(Refusal.UnknownLease, await sweep.Grain.CompleteAsync(leases[2]));
        Assert.Equal(Refusal.UnknownLease, await sweep.Grain.CompleteAsync(leases[0].Id with { Token = Wrong }, 10, 0));
        Assert.Equal(before, await sweep.Grain.ProgressAsync());
    }

    [Theory]
    [InlineData(9, 0)]
    [InlineData(11, 0)]
    [InlineData(11, -1)]
    [InlineData(-1, 11)]
    [InlineData(long.MaxValue, long.MinValue)]
    public async Task Points_that_do_not_add_up_are_refused_and_the_lease_lives_on(long done, long failed)
    {
        await using var sweep = await host.NewAsync(2);
        var lease = (await sweep.Grain.LeasesAsync())[0];
        Assert.Equal(Refusal.PointsDisagree, await sweep.Grain.CompleteAsync(lease.Id, done, failed));
        Assert.Null(await sweep.Grain.RenewAsync(lease.Id));
        Assert.Null(await sweep.Grain.CompleteAsync(lease.Id, 4, 6));
        Assert.Equal(new LedgerProgress(LedgerPhase.Running, 2, 1, 0, 1, 0, 4, 6), await sweep.Grain.ProgressAsync());
    }

    [Fact]
    public async Task A_batch_is_answered_in_its_order_each_for_itself()
    {
        await using var sweep = await host.NewAsync(9);
        var leases = await sweep.Grain.LeasesAsync(4);
        await sweep.Grain.ReleaseAsync(leases[1].Id);
        ImmutableArray<Completion> batch =
        [
            leases[3].Completed(), leases[1].Completed(), leases[0].Completed() with { PointsDone = 3 }, leases[2].Completed(failed: 2),
            new(new LeaseId(7, 1, Wrong), 11, 0), leases[3].Completed(),
        ];
        (await sweep.Grain.CompleteAsync(batch)).Are(null, Refusal.UnknownLease, Refusal.PointsDisagree, null, Refusal.UnknownLease, null);
        Assert.Equal(new LedgerProgress(LedgerPhase.Running, 9, 2, 1, 6, 0, 20, 2), await sweep.Grain.ProgressAsync());
        (await sweep.Grain.RenewAsync([leases[3].Id, leases[0].Id, leases[0].Id with { Token = Wrong }])).Are(Refusal.UnknownLease, null, Refusal.WrongToken);
        (await sweep.Grain.ReleaseAsync([leases[1].Id, leases[0].Id, leases[2].Id])).Are(null, null, Refusal.UnknownLease);
    }

    [Fact]
    public async Task An_empty_batch_has_an_empty_answer()
    {
        await using var sweep = await host.NewAsync(1);
        Assert.Empty(await sweep.Grain.RenewAsync([]));
        Assert.Empty(await sweep.Grain.CompleteAsync([]));
        Assert.Empty(await sweep.Grain.ReleaseAsync([]));
    }

    private static async Task AllAreRefused(ISweepGrain grain, LeaseId lease, Refusal reason)
    {
        var before = await grain.ProgressAsync();
        Assert.Equal(reason, await grain.RenewAsync(lease));
        Assert.Equal(reason, await grain.CompleteAsync(lease, SamplePoints.Of(lease.Chunk), 0));
        Assert.Equal(reason, await grain.FailAsync(lease, "boom"));
        Assert.Equal(reason, await grain.FailAsync(lease, "boom", workerDied: true));
        Assert.Equal(reason, await grain.ReleaseAsync(lease));
        Assert.Equal(before, await grain.ProgressAsync());
    }
}
