using Sweeps.Grains.Leases;

namespace Sweeps.Contract.Hosts;

/// <summary>What becomes of chunks that fail, and of those that kill.</summary>
public abstract class FailureContract(IGrainHost host)
{
    [Fact]
    public async Task A_chunk_that_fails_three_times_is_quarantined_and_its_points_have_failed()
    {
        await using var sweep = await host.NewAsync(2);
        for (int failures = 0; failures < 3; failures++)
        {
            var lease = (await sweep.Grain.LeasesAsync())[0];
            Assert.Equal((0, new ChunkHistory(failures, 0, 0), false), (lease.Id.Chunk, lease.History, lease.Alone));
            Assert.Null(await sweep.Grain.FailAsync(lease.Id, "boom"));
        }
        Assert.Equal(new LedgerProgress(LedgerPhase.Running, 2, 0, 0, 1, 1, 0, 10), await sweep.Grain.ProgressAsync());
        Assert.Equal([1], (await sweep.Grain.LeasesAsync(9)).Chunks());
    }

    [Fact]
    public async Task A_chunk_whose_workers_died_twice_runs_alone_and_the_second_death_there_quarantines_it()
    {
        await using var sweep = await host.NewAsync(2);
        ChunkHistory[] histories = [default, new(0, 1, 0), new(0, 2, 0), new(0, 2, 1)];
        for (int deaths = 0; deaths < 4; deaths++)
        {
            var lease = (await sweep.Grain.LeasesAsync())[0];
            Assert.Equal((0, histories[deaths], deaths >= 2), (lease.Id.Chunk, lease.History, lease.Alone));
            Assert.Null(await sweep.Grain.FailAsync(lease.Id, "killed", workerDied: true));
        }
        Assert.Equal(new LedgerProgress(LedgerPhase.Running, 2, 0, 0, 1, 1, 0, 10), await sweep.Grain.ProgressAsync());
    }

    [Fact]
    public async Task A_chunk_that_runs_alone_is_granted_by_itself_however_many_are_asked_for()
    {
        await using var sweep = await host.NewAsync(5);
        var begun = await sweep.Grain.LeasesAsync(3);
        foreach (int chunk in (int[])[2, 1])
            for (int deaths = 0; deaths < 2; deaths++)
            {
                var lease = deaths == 0 ? begun[chunk] : Assert.Single(await sweep.Grain.LeasesAsync());
                Assert.Equal(chunk, lease.Id.Chunk);
                Assert.Null(await sweep.Grain.FailAsync(lease.Id, "killed", workerDied: true));
            }
        Assert.Null(await sweep.Grain.ReleaseAsync(begun[0].Id));

        // Chunk 0 before it, 1 and 2 each alone, then the others.
        foreach (int[] expected in (int[][])[[0], [1], [2], [3, 4]])
        {
            var leases = await sweep.Grain.LeasesAsync(9);
            Assert.Equal(expected, leases.Chunks());
            Assert.All(leases, lease => Assert.Equal(lease.Id.Chunk is 1 or 2, lease.Alone));
        }
    }

    [Fact]
    public async Task Failures_and_deaths_are_counted_apart_and_a_release_counts_nothing()
    {
        await using var sweep = await host.NewAsync(1);
        foreach (var (history, died) in ((ChunkHistory, bool)[])[(default, true), (new(0, 1, 0), false), (new(1, 1, 0), true), (new(1, 2, 0), false)])
        {
            var released = (await sweep.Grain.LeasesAsync())[0];
            Assert.Equal(history, released.History);
            Assert.Null(await sweep.Grain.ReleaseAsync(released.Id));
            Assert.Null(await sweep.Grain.FailAsync((await sweep.Grain.LeasesAsync())[0].Id, "x", died));
        }
        var lease = (await sweep.Grain.LeasesAsync())[0];
        Assert.Equal((new ChunkHistory(2, 2, 0), true), (lease.History, lease.Alone));
        Assert.Null(await sweep.Grain.CompleteAsync(lease));
        Assert.Equal(new LedgerProgress(LedgerPhase.Completed, 1, 1, 0, 0, 0, 10, 0), await sweep.Grain.ProgressAsync());
    }

    [Fact]
    public async Task A_quarantine_of_the_last_chunk_completes_the_sweep()
    {
        await using var sweep = await host.NewAsync(2);
        await sweep.Grain.CompleteAsync((await sweep.Grain.LeasesAsync())[0]);
        for (int failures = 0; failures < 3; failures++) await sweep.Grain.FailAsync((await sweep.Grain.LeasesAsync())[0].Id, "boom");
        Assert.Equal(new LedgerProgress(LedgerPhase.Completed, 2, 1, 0, 0, 1, 10, 11), await sweep.Grain.ProgressAsync());
        Assert.Equal(Refusal.Completed, (await sweep.Grain.ClaimAsync("w", 1)).Refusal);
    }

    [Fact]
    public async Task A_cause_may_be_any_text()
    {
        await using var sweep = await host.NewAsync(1);
        foreach (string cause in (string[])["", "'; drop table \0 -- \n∑ 💥 \ud800", new string('x', 100_000)])
        {
            Assert.Null(await sweep.Grain.FailAsync((await sweep.Grain.LeasesAsync())[0].Id, cause));
        }
        Assert.Equal(1, (await sweep.Grain.ProgressAsync()).Quarantined);
    }
}
