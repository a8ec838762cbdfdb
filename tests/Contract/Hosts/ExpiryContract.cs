using Sweeps.Grains.Hosts;
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

    [Fact]
    public async Task Silence_counts_as_a_death_and_the_second_one_alone_quarantines()
    {
        await using var sweep = await host.NewAsync(2);
        for (int deaths = 0; deaths < 4; deaths++)
        {
            var lease = (await sweep.Grain.LeasesAsync())[0];
            Assert.Equal((0, new ChunkHistory(0, Math.Min(deaths, 2), Math.Max(0, deaths - 2)), deaths >= 2), (lease.Id.Chunk, lease.History, lease.Alone));
            await host.ExpireAllAsync(sweep);
        }
        Assert.Equal(new LedgerProgress(LedgerPhase.Running, 2, 0, 0, 1, 1, 0, 10), await sweep.Grain.ProgressAsync());
        Assert.Equal([1], (await sweep.Grain.LeasesAsync(9)).Chunks());
    }

    [Fact]
    public async Task A_chunk_that_waits_to_run_alone_while_its_worker_has_others_in_hand_is_not_what_the_worker_died_of()
    {
        await using var sweep = await host.NewAsync(2);
        for (int deaths = 0; deaths < 2; deaths++) Assert.Null(await sweep.Grain.FailAsync((await sweep.Grain.LeasesAsync())[0].Id, "killed", workerDied: true));
        for (int silences = 0; silences < 2; silences++)
        {
            var (alone, other) = ((await sweep.Grain.LeasesAsync())[0], (await sweep.Grain.LeasesAsync())[0]);
            Assert.Equal((0, true, new ChunkHistory(0, 2, 0)), (alone.Id.Chunk, alone.Alone, alone.History));
            Assert.Equal(1, other.Id.Chunk);
            await host.ExpireAllAsync(sweep);
        }
        Assert.Equal(0, (await sweep.Grain.ProgressAsync()).Quarantined);
    }

    [Fact]
    public async Task A_quarantine_by_silence_completes_or_stops_the_sweep()
    {
        await using var last = await host.NewAsync(1);
        await using var costly = await host.NewAsync(2, failureBudget: 9);
        foreach (var sweep in new[] { last, costly })
            for (int deaths = 0; deaths < 4; deaths++)
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
}
