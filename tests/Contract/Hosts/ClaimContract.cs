using Sweeps.Grains.Leases;

namespace Sweeps.Contract.Hosts;

/// <summary>Who gets which chunk.</summary>
public abstract class ClaimContract(IGrainHost host)
{
    [Fact]
    public async Task Chunks_are_granted_lowest_first_and_each_claim_has_higher_epochs()
    {
        await using var sweep = await host.NewAsync(7);
        var claims = new[] { await sweep.Grain.LeasesAsync(2, "a"), await sweep.Grain.LeasesAsync(1, "b"), await sweep.Grain.LeasesAsync(99, "c") };
        Assert.Equal([[0, 1], [2], [3, 4, 5, 6]], claims.Select(claim => claim.Chunks()));
        Assert.Equal(["a", "b", "c"], claims.Select(claim => claim[^1].Worker));
        foreach (var (earlier, later) in claims.Zip(claims.Skip(1)))
            Assert.True(earlier.Max(lease => lease.Id.Epoch) < later.Min(lease => lease.Id.Epoch));
        Assert.Equal(7, claims.SelectMany(claim => claim).Select(lease => lease.Id.Epoch).Distinct().Count());
        Assert.All(claims.SelectMany(claim => claim), lease => Assert.False(lease.Alone));
        Assert.All(claims.SelectMany(claim => claim), lease => Assert.Equal(default, lease.History));
    }

    [Fact]
    public async Task Leases_say_when_they_expire_where_they_do()
    {
        await using var sweep = await host.NewAsync(1);
        Assert.Equal(sweep.Grain.LeaseDuration is null, (await sweep.Grain.LeasesAsync())[0].ExpiresAt is null);
    }

    [Fact]
    public async Task Nothing_is_granted_when_all_is_leased()
    {
        await using var sweep = await host.NewAsync(3);
        await sweep.Grain.LeasesAsync(3);
        var answer = await sweep.Grain.ClaimAsync("w", 1);
        Assert.Equal(Refusal.NothingWaiting, answer.Refusal);
        Assert.Empty(answer.Leases);
    }

    [Fact]
    public async Task A_claim_of_none_is_misuse()
    {
        await using var sweep = await host.NewAsync(3);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => sweep.Grain.ClaimAsync("w", 0));
        Assert.Equal([0], (await sweep.Grain.LeasesAsync()).Chunks());
    }

    [Fact]
    public async Task What_comes_back_is_granted_first_with_a_new_epoch()
    {
        await using var sweep = await host.NewAsync(6);
        var leases = await sweep.Grain.LeasesAsync(4);
        await sweep.Grain.ReleaseAsync([leases[2].Id, leases[1].Id]);
        var again = await sweep.Grain.LeasesAsync(3);
        Assert.Equal([1, 2, 4], again.Chunks());
        Assert.All(again, lease => Assert.True(lease.Id.Epoch > leases[3].Id.Epoch));
        Assert.Equal(default, again[0].History);
    }

    [Fact]
    public async Task A_claim_may_ask_for_more_than_a_thousand_chunks()
    {
        await using var sweep = await host.NewAsync(2000);
        Assert.Equal(Enumerable.Range(0, 1500), (await sweep.Grain.LeasesAsync(1500)).Chunks());
        Assert.Equal(Enumerable.Range(1500, 500), (await sweep.Grain.LeasesAsync(1500)).Chunks());
        Assert.Equal(new LedgerProgress(LedgerPhase.Running, 2000, 0, 2000, 0, 0, 0, 0), await sweep.Grain.ProgressAsync());
    }

    [Fact]
    public async Task No_chunk_is_granted_twice_to_workers_that_claim_at_once()
    {
        await using var sweep = await host.NewAsync(1000);
        var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(async () =>
        {
            List<Lease> all = [];
            while (await sweep.Grain.ClaimAsync($"w{worker}", 1 + worker % 5) is { Leases: { IsEmpty: false } granted }) all.AddRange(granted);
            return all;
        })));
        // Whoever finds all that waits in the hands of others may go empty-handed: what is left is granted to the next.
        var chunks = claims.SelectMany(all => all).Concat(await sweep.Grain.LeasesIfAnyAsync(1000)).ToArray();
        Assert.Equal(Enumerable.Range(0, 1000), chunks.Chunks().Order());
        Assert.Equal(1000, chunks.Select(lease => lease.Id.Epoch).Distinct().Count());
    }
}
