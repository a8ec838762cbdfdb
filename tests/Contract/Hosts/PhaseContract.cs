using Sweeps.Grains.Leases;

namespace Sweeps.Contract.Hosts;

/// <summary>Pause, resume, cancel, the failure budget and the end.</summary>
public abstract class PhaseContract(IGrainHost host)
{
    [Fact]
    public async Task Progress_adds_up_at_every_step_until_the_last_chunk_completes_the_sweep()
    {
        const int chunks = 5;
        await using var sweep = await host.NewAsync(chunks);
        Assert.Equal(new LedgerProgress(LedgerPhase.Running, chunks, 0, 0, chunks, 0, 0, 0), await sweep.Grain.ProgressAsync());
        for (int ended = 0; ended < chunks; ended++)
        {
            var lease = (await sweep.Grain.LeasesAsync())[0];
            Assert.Equal(new LedgerProgress(LedgerPhase.Running, chunks, ended, 1, chunks - ended - 1, 0, SamplePoints.OfAll(ended) - ended, ended),
                await sweep.Grain.ProgressAsync());
            Assert.Null(await sweep.Grain.CompleteAsync(lease, failed: 1));
        }
        Assert.Equal(new LedgerProgress(LedgerPhase.Completed, chunks, chunks, 0, 0, 0, SamplePoints.OfAll(chunks) - chunks, chunks),
            await sweep.Grain.ProgressAsync());
    }

    [Fact]
    public async Task A_completed_sweep_refuses_everything_but_what_is_said_again()
    {
        await using var sweep = await host.NewAsync(1);
        var lease = (await sweep.Grain.LeasesAsync())[0];
        await sweep.Grain.CompleteAsync(lease);
        Assert.Equal(Refusal.Completed, (await sweep.Grain.ClaimAsync("w", 1)).Refusal);
        Assert.Equal(Refusal.Completed, await sweep.Grain.PauseAsync());
        Assert.Equal(Refusal.Completed, await sweep.Grain.ResumeAsync());
        Assert.Equal(Refusal.Completed, await sweep.Grain.CancelAsync());
        Assert.Equal(Refusal.UnknownLease, await sweep.Grain.RenewAsync(lease.Id));
        Assert.Null(await sweep.Grain.CompleteAsync(lease));
        Assert.Equal(LedgerPhase.Completed, (await sweep.Grain.ProgressAsync()).Phase);
    }

    [Fact]
    public async Task A_paused_sweep_grants_nothing_and_lets_workers_end()
    {
        await using var sweep = await host.NewAsync(4);
        var leases = await sweep.Grain.LeasesAsync(3);
        Assert.Null(await sweep.Grain.PauseAsync());
        Assert.Null(await sweep.Grain.PauseAsync());
        Assert.Equal(Refusal.Paused, (await sweep.Grain.ClaimAsync("w", 1)).Refusal);
        Assert.Null(await sweep.Grain.RenewAsync(leases[0].Id));
        Assert.Null(await sweep.Grain.CompleteAsync(leases[0]));
        Assert.Null(await sweep.Grain.ReleaseAsync(leases[1].Id));
        Assert.Null(await sweep.Grain.FailAsync(leases[2].Id, "boom"));
        Assert.Equal(new LedgerProgress(LedgerPhase.Paused, 4, 1, 0, 3, 0, 10, 0), await sweep.Grain.ProgressAsync());
        Assert.Null(await sweep.Grain.ResumeAsync());
        Assert.Null(await sweep.Grain.ResumeAsync());
        Assert.Equal([1, 2, 3], (await sweep.Grain.LeasesAsync(9)).Chunks());
    }

    [Fact]
    public async Task The_last_chunk_of_a_paused_sweep_completes_it()
    {
        await using var sweep = await host.NewAsync(1);
        var lease = (await sweep.Grain.LeasesAsync())[0];
        await sweep.Grain.PauseAsync();
        await sweep.Grain.CompleteAsync(lease);
        Assert.Equal(LedgerPhase.Completed, (await sweep.Grain.ProgressAsync()).Phase);
    }

    [Fact]
    public async Task A_cancelled_sweep_is_void_for_ever()
    {
        await using var sweep = await host.NewAsync(4);
        var leases = await sweep.Grain.LeasesAsync(3);
        await sweep.Grain.CompleteAsync(leases[0]);
        Assert.Null(await sweep.Grain.CancelAsync());
        Assert.Null(await sweep.Grain.CancelAsync());
        Assert.Equal(new LedgerProgress(LedgerPhase.Cancelled, 4, 1, 0, 3, 0, 10, 0), await sweep.Grain.ProgressAsync());
        Assert.Equal(Refusal.Cancelled, (await sweep.Grain.ClaimAsync("w", 1)).Refusal);
        Assert.Equal(Refusal.Cancelled, await sweep.Grain.RenewAsync(leases[1].Id));
        Assert.Equal(Refusal.Cancelled, await sweep.Grain.CompleteAsync(leases[1]));
        Assert.Equal(Refusal.Cancelled, await sweep.Grain.FailAsync(leases[1].Id, "boom"));
        Assert.Equal(Refusal.Cancelled, await sweep.Grain.ReleaseAsync(leases[1].Id));
        Assert.Equal(Refusal.Cancelled, await sweep.Grain.PauseAsync());
        Assert.Equal(Refusal.Cancelled, await sweep.Grain.ResumeAsync());
        Assert.Equal(Refusal.Cancelled, await sweep.Grain.ExtendAsync(9, new([], [], 0, 0)));
        Assert.Null(await sweep.Grain.CompleteAsync(leases[0])); // it was heard before
        Assert.Equal(new LedgerProgress(LedgerPhase.Cancelled, 4, 1, 0, 3, 0, 10, 0), await sweep.Grain.ProgressAsync());
    }

    [Fact]
    public async Task More_failed_points_than_the_budget_stop_the_sweep_until_it_is_raised()
    {
        await using var sweep = await host.NewAsync(6, failureBudget: 5);
        var leases = await sweep.Grain.LeasesAsync(3);
        await sweep.Grain.CompleteAsync(leases[0], failed: 5);
        Assert.Equal(LedgerPhase.Running, (await sweep.Grain.ProgressAsync()).Phase);
        Assert.Null(await sweep.Grain.CompleteAsync(leases[1], failed: 1));
        Assert.Equal(new LedgerProgress(LedgerPhase.FailedBudget, 6, 2, 1, 3, 0, 15, 6), await sweep.Grain.ProgressAsync());
        Assert.Equal(Refusal.OverBudget, (await sweep.Grain.ClaimAsync("w", 1)).Refusal);
        Assert.Equal(Refusal.OverBudget, await sweep.Grain.PauseAsync());
        Assert.Null(await sweep.Grain.RenewAsync(leases[2].Id));
        Assert.Equal(Refusal.OverBudget, await sweep.Grain.ResumeAsync());
        Assert.Equal(Refusal.OverBudget, await sweep.Grain.ResumeAsync(5));
        Assert.Null(await sweep.Grain.ResumeAsync(6));
        Assert.Equal([3], (await sweep.Grain.LeasesAsync()).Chunks());
        Assert.Null(await sweep.Grain.CompleteAsync(leases[2], failed: 1));
        Assert.Equal(LedgerPhase.FailedBudget, (await sweep.Grain.ProgressAsync()).Phase);
    }

    [Fact]
    public async Task The_last_chunk_completes_a_sweep_over_its_budget_too()
    {
        await using var sweep = await host.NewAsync(2, failureBudget: 0);
        var leases = await sweep.Grain.LeasesAsync(2);
        await sweep.Grain.CompleteAsync(leases[0], failed: 1);
        Assert.Equal(LedgerPhase.FailedBudget, (await sweep.Grain.ProgressAsync()).Phase);
        await sweep.Grain.CompleteAsync(leases[1], failed: 1);
        Assert.Equal(LedgerPhase.Completed, (await sweep.Grain.ProgressAsync()).Phase);
    }

    [Fact]
    public async Task A_quarantine_beyond_the_budget_stops_the_sweep()
    {
        await using var sweep = await host.NewAsync(3, failureBudget: 9);
        for (int failures = 0; failures < 3; failures++) await sweep.Grain.FailAsync((await sweep.Grain.LeasesAsync())[0].Id, "boom");
        Assert.Equal(new LedgerProgress(LedgerPhase.FailedBudget, 3, 0, 0, 2, 1, 0, 10), await sweep.Grain.ProgressAsync());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => sweep.Grain.ResumeAsync(-1));
    }
}
