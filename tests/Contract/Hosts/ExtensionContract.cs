using Sweeps.Grains.Leases;

namespace Sweeps.Contract.Hosts;

/// <summary>A grid that grows.</summary>
public abstract class ExtensionContract(IGrainHost host)
{
    [Fact]
    public async Task What_the_larger_plan_holds_already_is_not_granted()
    {
        await using var sweep = await host.NewAsync(4);
        var old = await sweep.Grain.LeasesAsync(2);
        await sweep.Grain.CompleteAsync(old[0]);
        Assert.Null(await sweep.Grain.ExtendAsync(12, new([new(0, 2), new(4, 6), new(9, 10)], [7], 50, 14)));
        Assert.Equal(new LedgerProgress(LedgerPhase.Running, 12, 5, 0, 6, 1, 50, 14), await sweep.Grain.ProgressAsync());
        var leases = await sweep.Grain.LeasesAsync(99);
        Assert.Equal([2, 3, 6, 8, 10, 11], leases.Chunks());
        Assert.All(leases, lease => Assert.True(lease.Id.Epoch > old.Max(one => one.Id.Epoch)));
        foreach (var lease in leases) Assert.Null(await sweep.Grain.CompleteAsync(lease));
        Assert.Equal(new LedgerProgress(LedgerPhase.Completed, 12, 11, 0, 0, 1, 50 + leases.Sum(lease => SamplePoints.Of(lease.Id.Chunk)), 14),
            await sweep.Grain.ProgressAsync());
    }

    [Fact]
    public async Task Leases_of_the_old_plan_are_void_also_when_their_chunk_is_granted_again()
    {
        await using var sweep = await host.NewAsync(3);
        var old = await sweep.Grain.LeasesAsync(3);
        await sweep.Grain.CompleteAsync(old[2]);
        Assert.Null(await sweep.Grain.ExtendAsync(9, new([new(2, 5)], [], 33, 0)));
        foreach (var lease in old) Assert.NotNull(await sweep.Grain.RenewAsync(lease.Id));
        var again = await sweep.Grain.LeasesAsync(2);
        Assert.Equal([0, 1], again.Chunks());
        Assert.Equal(Refusal.StaleEpoch, await sweep.Grain.CompleteAsync(old[0]));
        Assert.Equal(Refusal.StaleEpoch, await sweep.Grain.FailAsync(old[1].Id, "late"));
        Assert.Equal(Refusal.StaleEpoch, await sweep.Grain.ReleaseAsync(old[1].Id));
        (await sweep.Grain.RenewAsync([.. again.Select(lease => lease.Id)])).Are(null, null);
    }

    [Fact]
    public async Task A_completed_sweep_runs_again_and_a_paused_one_stays_paused()
    {
        await using var completed = await host.NewAsync(1);
        await completed.Grain.CompleteAsync((await completed.Grain.LeasesAsync())[0]);
        Assert.Null(await completed.Grain.ExtendAsync(2, new([new(0, 1)], [], 10, 0)));
        Assert.Equal([1], (await completed.Grain.LeasesAsync(9)).Chunks());

        await using var paused = await host.NewAsync(1);
        await paused.Grain.PauseAsync();
        Assert.Null(await paused.Grain.ExtendAsync(2, new([], [], 0, 0)));
        Assert.Equal(Refusal.Paused, (await paused.Grain.ClaimAsync("w", 1)).Refusal);
        Assert.Null(await paused.Grain.ResumeAsync());
        Assert.Equal([0, 1], (await paused.Grain.LeasesAsync(9)).Chunks());
    }

    [Fact]
    public async Task A_plan_of_which_all_is_done_is_complete()
    {
        await using var sweep = await host.NewAsync(1);
        Assert.Null(await sweep.Grain.ExtendAsync(5, new([new(0, 5)], [], SamplePoints.OfAll(5), 0)));
        Assert.Equal(new LedgerProgress(LedgerPhase.Completed, 5, 5, 0, 0, 0, SamplePoints.OfAll(5), 0), await sweep.Grain.ProgressAsync());
    }

    [Fact]
    public async Task A_settled_chunk_outweighs_its_quarantine()
    {
        await using var sweep = await host.NewAsync(1);
        Assert.Null(await sweep.Grain.ExtendAsync(5, new([new(1, 3)], [0, 2], 23, 10)));
        Assert.Equal(new LedgerProgress(LedgerPhase.Running, 5, 2, 0, 2, 1, 23, 10), await sweep.Grain.ProgressAsync());
    }

    [Fact]
    public async Task Holdings_of_chunks_that_are_not_there_are_misuse()
    {
        await using var sweep = await host.NewAsync(2);
        foreach (var holdings in (LedgerHoldings[])[new([new(1, 6)], [], 0, 0), new([new(-1, 1)], [], 0, 0), new([], [5], 0, 0)])
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => sweep.Grain.ExtendAsync(5, holdings));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => sweep.Grain.ExtendAsync(0, new([], [], 0, 0)));
        Assert.Equal([0, 1], (await sweep.Grain.LeasesAsync(9)).Chunks());
    }

    [Fact]
    public async Task Gaps_by_the_thousand_are_all_filled()
    {
        const int chunks = 4000;
        await using var sweep = await host.NewAsync(1);
        ChunkRange[] odd = [.. Enumerable.Range(0, chunks / 2).Select(i => new ChunkRange(2 * i + 1, 2 * i + 2))];
        long done = odd.Sum(range => (long)SamplePoints.Of(range.First));
        Assert.Null(await sweep.Grain.ExtendAsync(chunks, new([.. odd], [], done, 0)));
        var leases = await sweep.Grain.LeasesAsync(chunks);
        Assert.Equal(Enumerable.Range(0, chunks / 2).Select(i => 2 * i), leases.Chunks());
        Assert.All(await sweep.Grain.CompleteAsync([.. leases.Select(lease => lease.Completed())]), refusal => Assert.Null(refusal));
        Assert.Equal(new LedgerProgress(LedgerPhase.Completed, chunks, chunks, 0, 0, 0, SamplePoints.OfAll(chunks), 0), await sweep.Grain.ProgressAsync());
    }
}
