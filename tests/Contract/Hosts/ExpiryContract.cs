using Sweeps.Grains.Leases;

namespace Sweeps.Contract.Hosts;

/// <summary>Workers that are not heard of.</summary>
public abstract class ExpiryContract(IExpiringGrainHost host)
{
    [Fact]
    public async Task Leases_that_ran_out_are_void_and_their_chunks_wait_again()
    {
        await using var sweep = await host.NewAsync(4);
        var lost = await sweep.Grain.LeasesAsync(3);
        await sweep.Grain.CompleteAsync(lost[1]);
        await host.ExpireAllAsync(sweep);
        Assert.Equal(new LedgerProgress(LedgerPhase.Running, 4, 1, 0, 3, 0, 11, 0), await sweep.Grain.ProgressAsync());
        foreach (var lease in new[] { lost[0], lost[2] })
        {
            Assert.Equal(Refusal.UnknownLease, await sweep.Grain.RenewAsync(lease.Id));
            Assert.Equal(Refusal.UnknownLease, await sweep.Grain.CompleteAsync(lease));
            Assert.Equal(Refusal.UnknownLease, await sweep.Grain.FailAsync(lease.Id, "late"));
            Assert.Equal(Refusal.UnknownLease, await sweep.Grain.ReleaseAsync(lease.Id));
        }
        Assert.Null(await sweep.Grain.CompleteAsync(lost[1]));
        var leases = await sweep.Grain.LeasesAsync(9);
        Assert.Equal([0, 2, 3], leases.Chunks());
        Assert.Equal([new ChunkHistory(0, 1, 0), new ChunkHistory(0, 1, 0), default], leases.Select(lease => lease.History));
        Assert.Equal(Refusal.StaleEpoch, await sweep.Grain.CompleteAsync(lost[0]));
        Assert.Null(await sweep.Grain.CompleteAsync(leases[0]));
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("lost")]
    [InlineData("expired", "lost")]
    public async Task A_chunk_whose_workers_are_lost_nine_times_alone_or_not_goes_on_and_the_tenth_time_gives_it_up(params string[] kinds)
    {
        await using var sweep = await host.NewAsync(2);
        var twin = new LedgerTwin(2, 1_000_000);
        for (int losses = 0; losses < 10; losses++)
        {
            Assert.Equal(new LedgerProgress(LedgerPhase.Running, 2, 0, 0, 2, 0, 0, 0), await sweep.Grain.ProgressAsync());
            var answer = await sweep.Grain.ClaimAsync("w", 1);
            var lease = Assert.Single(answer.Leases);
            Assert.Equal((0, new ChunkHistory(0, losses, 0), losses >= 2), (lease.Id.Chunk, lease.History, lease.Alone));
            Assert.Equal(twin.Claim(1, answer.Leases), LedgerTwin.Words(answer));
            await LoseAsync(sweep, twin, kinds[losses % kinds.Length] == "lost");
        }
        Assert.Equal(new LedgerProgress(LedgerPhase.Running, 2, 0, 0, 1, 1, 0, 10), await sweep.Grain.ProgressAsync());
        Assert.Equal(twin.Progress, await sweep.Grain.ProgressAsync());
        Assert.Equal([1], (await sweep.Grain.LeasesAsync(9)).Chunks());
    }

    [Fact]
    public async Task Losses_between_two_deaths_alone_neither_count_as_such_nor_make_them_forgotten()
    {
        await using var sweep = await host.NewAsync(2);
        foreach (var (history, isReported) in ((ChunkHistory, bool)[])
            [(default, false), (new(0, 1, 0), true), (new(0, 2, 0), true), (new(0, 2, 1), false), (new(0, 3, 1), false), (new(0, 4, 1), true)])
        {
            Assert.Equal(0, (await sweep.Grain.ProgressAsync()).Quarantined);
            var lease = (await sweep.Grain.LeasesAsync())[0];
            Assert.Equal((0, history), (lease.Id.Chunk, lease.History));
            if (isReported) Assert.Null(await sweep.Grain.FailAsync(lease.Id, "killed", workerDied: true));
            else await host.LoseAsync(sweep, "w");
        }
        Assert.Equal(1, (await sweep.Grain.ProgressAsync()).Quarantined);
    }

    [Fact]
    public async Task A_worker_that_is_lost_loses_its_own_leases_alone_and_at_once()
    {
        await using var sweep = await host.NewAsync(4);
        var lost = await sweep.Grain.LeasesAsync(2, "lost");
        var other = Assert.Single(await sweep.Grain.LeasesAsync(1, "other"));
        await host.LoseAsync(sweep, "lost");
        Assert.Equal(new LedgerProgress(LedgerPhase.Running, 4, 0, 1, 3, 0, 0, 0), await sweep.Grain.ProgressAsync());
        Assert.Equal(Refusal.UnknownLease, await sweep.Grain.CompleteAsync(lost[0]));
        Assert.Null(await sweep.Grain.CompleteAsync(other));
        Assert.Equal([new ChunkHistory(0, 1, 0), new ChunkHistory(0, 1, 0), default], (await sweep.Grain.LeasesAsync(9)).Select(lease => lease.History));
    }

    [Fact]
    public async Task A_chunk_that_runs_alone_shares_the_loss_of_its_worker_with_what_else_that_had_in_hand()
    {
        await using var sweep = await host.NewAsync(2);
        for (int deaths = 0; deaths < 2; deaths++) Assert.Null(await sweep.Grain.FailAsync((await sweep.Grain.LeasesAsync())[0].Id, "killed", workerDied: true));
        for (int losses = 0; losses < 2; losses++)
        {
            var (alone, other) = ((await sweep.Grain.LeasesAsync())[0], (await sweep.Grain.LeasesAsync())[0]);
            Assert.Equal((0, true, new ChunkHistory(0, 2 + losses, 0)), (alone.Id.Chunk, alone.Alone, alone.History));
            Assert.Equal((1, false, new ChunkHistory(0, losses, 0)), (other.Id.Chunk, other.Alone, other.History));
            await host.LoseAsync(sweep, "w");
        }
        Assert.Equal(0, (await sweep.Grain.ProgressAsync()).Quarantined);
    }

    [Fact]
    public async Task A_quarantine_by_silence_completes_or_stops_the_sweep()
    {
        await using var last = await host.NewAsync(1);
        await using var costly = await host.NewAsync(2, failureBudget: 9);
        foreach (var sweep in new[] { last, costly })
            for (int losses = 0; losses < 10; losses++)
            {
                await sweep.Grain.LeasesAsync();
                await host.ExpireAllAsync(sweep);
            }
        Assert.Equal(LedgerPhase.Completed, (await last.Grain.ProgressAsync()).Phase);
        Assert.Equal(LedgerPhase.FailedBudget, (await costly.Grain.ProgressAsync()).Phase);
    }

    [Fact]
    public async Task Leases_of_a_paused_sweep_run_out_too()
    {
        await using var sweep = await host.NewAsync(3);
        var lease = (await sweep.Grain.LeasesAsync())[0];
        await sweep.Grain.PauseAsync();
        await host.ExpireAllAsync(sweep);
        Assert.Equal(new LedgerProgress(LedgerPhase.Paused, 3, 0, 0, 3, 0, 0, 0), await sweep.Grain.ProgressAsync());
        Assert.Equal(Refusal.UnknownLease, await sweep.Grain.CompleteAsync(lease));
    }

    private Task LoseAsync(IGrainUnderTest sweep, LedgerTwin twin, bool isLost)
    {
        if (isLost) twin.Lose();
        else twin.ExpireAll();
        return isLost ? host.LoseAsync(sweep, "w") : host.ExpireAllAsync(sweep);
    }
}
