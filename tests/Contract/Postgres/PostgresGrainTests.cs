using Sweeps.Contract.Hosts;
using Sweeps.Contract.Server;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts.Postgres;
using Sweeps.Grains.Leases;

namespace Sweeps.Contract.Postgres;

/// <summary>What PostgreSQL alone promises of a grain.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresGrainTests(PostgresGrains host) : IClassFixture<PostgresGrains>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(true, "expired", "its silo was not heard of")]
    [InlineData(false, "died", "killed")]
    public async Task The_evidence_of_a_chunk_that_is_given_up_for_its_many_deaths_says_so(bool isLost, string what, string cause)
    {
        await using var sweep = await host.NewAsync(2, failureBudget: 100);
        long number = ((PostgresGrain)sweep).Number;
        var lease = (await sweep.Grain.LeasesAsync())[0];
        Assert.False(lease.Alone);
        await host.ExecuteAsync("update sweeps.chunk set deaths = $1 where sweep = $2 and number = 0", new LedgerPolicy().MaximumDeaths - 1, number);
        if (isLost) await host.LoseAsync(sweep, "w");
        else Assert.Null(await sweep.Grain.FailAsync(lease.Id, cause, workerDied: true));
        Assert.Equal(1, (await sweep.Grain.ProgressAsync()).Quarantined);
        Assert.Equal(
            $"{what}: {cause}|quarantined: {cause}; workers died or were lost with it 10 times",
            await host.ScalarAsync<string>(
                "select string_agg(what || ': ' || cause, '|' order by what) from sweeps.evidence where sweep = $1 and chunk = 0", number));
    }

    [Fact]
    public async Task A_grain_of_the_old_generation_is_told_that_the_plan_has_changed()
    {
        long sweep = await host.SubmitAsync(3, failureBudget: 100);
        var old = host.GrainOf(sweep);
        var lease = (await old.LeasesAsync())[0];
        Assert.Null(await host.GrainOf(sweep).ExtendAsync(6, new([], [], 0, 0)));
        Assert.Equal(Refusal.PlanChanged, (await old.ClaimAsync("w", 1)).Refusal);
        Assert.Equal(Refusal.PlanChanged, await old.ExtendAsync(9, new([], [], 0, 0)));
        Assert.NotNull(await old.CompleteAsync(lease));
        Assert.Equal(Enumerable.Range(0, 6), (await host.GrainOf(sweep, generation: 2).LeasesAsync(9)).Chunks());
    }

    [Fact]
    public async Task Two_processes_share_a_sweep()
    {
        long sweep = await host.SubmitAsync(4, failureBudget: 100);
        var (one, other) = (host.GrainOf(sweep), host.GrainOf(sweep));
        var leases = (await one.LeasesAsync(2)).Concat(await other.LeasesAsync(2)).ToList();
        Assert.Equal([0, 1, 2, 3], leases.Chunks());
        foreach (var lease in leases) Assert.Null(await other.CompleteAsync(lease)); // whoever shows the lease holds the chunk
        Assert.Equal(LedgerPhase.Completed, (await one.ProgressAsync()).Phase);
    }

    [Fact]
    public async Task Ten_million_points_begin_without_a_row_per_chunk()
    {
        const int chunks = 910_000;
        long sweep = await host.SubmitAsync(chunks, failureBudget: 100);
        Assert.InRange((await host.Sweeps.FindAsync($"test-{sweep}", CancellationToken.None))!.Points, 10_000_000, long.MaxValue);
        Assert.Equal(0, await RowsAsync(sweep));
        var leases = await host.GrainOf(sweep).LeasesAsync(20);
        Assert.Equal(Enumerable.Range(0, 20), leases.Chunks());
        Assert.InRange(await RowsAsync(sweep), 20, 1000);
        Assert.Equal(new LedgerProgress(LedgerPhase.Running, chunks, 0, 20, chunks - 20, 0, 0, 0), await host.GrainOf(sweep).ProgressAsync());
    }

    [Fact]
    public async Task The_next_chunks_wait_before_they_are_missed_and_nobody_waits_for_whoever_sees_to_it()
    {
        const int most = PostgresSweepGrain.Refill, few = most - PostgresSweepGrain.Reserve;
        long sweep = await host.SubmitAsync(3 * most, failureBudget: 100);
        var grain = host.GrainOf(sweep);
        Assert.Equal(few, (await grain.LeasesAsync(few)).Length);
        Assert.Equal(most, await RowsAsync(sweep));

        await using (var connection = await host.Database.OpenAsync(CancellationToken.None))
        await using (await connection.BeginTransactionAsync())
        {
            await PostgresDatabase.DoAsync(connection, [PostgresDatabase.Lock(PostgresDatabase.RefillLock(sweep), exclusive: true)], CancellationToken.None);
            Assert.Equal([few], (await grain.LeasesAsync(1)).Chunks());
            Assert.Equal(most, await RowsAsync(sweep));
        }
        Assert.Equal([few + 1], (await grain.LeasesAsync(1)).Chunks());
        Assert.Equal(2 * most, await RowsAsync(sweep));
        Assert.Equal(Enumerable.Range(few + 2, most), (await grain.LeasesAsync(most)).Chunks());
    }

    [Fact]
    public async Task Chunks_that_settled_long_ago_become_a_count()
    {
        long sweep = await host.SubmitAsync(600, failureBudget: 1000);
        var grain = host.GrainOf(sweep);
        var leases = await grain.LeasesAsync(501);
        await grain.CompleteAsync([.. leases.Skip(1).Select(lease => lease.Completed(failed: 1))]);
        var before = await grain.ProgressAsync();
        await host.ExecuteAsync("update sweeps.chunk set ended_at = now() - interval '10 minutes' where state = 'settled' and sweep = $1", sweep);
        await host.ExecuteAsync(SqlText.Of("prune"), 100_000);
        Assert.InRange(await RowsAsync(sweep), 1, 300);
        Assert.Equal(before, await grain.ProgressAsync());
        Assert.Equal(Refusal.UnknownLease, await grain.RenewAsync(leases[3].Id));
        Assert.Null(await grain.CompleteAsync(leases[0]));
        foreach (var lease in await grain.LeasesAsync(600)) Assert.Null(await grain.CompleteAsync(lease));
        Assert.Equal(new LedgerProgress(LedgerPhase.Completed, 600, 600, 0, 0, 0, SamplePoints.OfAll(600) - 500, 500), await grain.ProgressAsync());
    }

    [Fact]
    public async Task A_lease_that_is_renewed_outlives_its_duration_and_another_does_not()
    {
        long sweep = await host.SubmitAsync(2, failureBudget: 100);
        // Long against what a busy machine may take from one renewal to the next.
        var grain = host.GrainOf(sweep, lease: TimeSpan.FromSeconds(4));
        await using var silo = await OpenAsync(TimeSpan.FromMilliseconds(200));
        var leases = await grain.LeasesAsync(2);
        await Polling.UntilAsync(async () =>
        {
            Assert.Null(await grain.RenewAsync(leases[0].Id));
            await silo.HousekeepAsync(CancellationToken.None);
            return (await grain.ProgressAsync()).Leased == 1;
        }, Patience);
        Assert.Equal(Refusal.UnknownLease, await grain.RenewAsync(leases[1].Id));
        Assert.Null(await grain.CompleteAsync(leases[0]));
        var evidence = Assert.Single(await host.Sweeps.EvidenceAsync($"test-{sweep}", 10, CancellationToken.None));
        Assert.Equal((1, "w", "expired"), (evidence.Chunk, evidence.Worker, evidence.What));
    }

    [Fact]
    public async Task A_silo_that_falls_silent_is_lost_and_its_chunks_are_others_long_before_their_leases_run_out()
    {
        long sweep = await host.SubmitAsync(2, failureBudget: 100);
        var grain = host.GrainOf(sweep);
        await using var silent = await OpenAsync(TimeSpan.FromMilliseconds(300));
        await silent.RegisterAsync(new("silent", DatasetMetadata.SoftwareVersion, 1, "/data", [new("8 threads", false, true)]), CancellationToken.None);
        Assert.True(await silent.BeatAsync(false, CancellationToken.None));
        var lease = (await grain.LeasesAsync(1, silent.WorkerOf(0)))[0];
        await using var other = await OpenAsync(TimeSpan.FromMilliseconds(300));
        await Polling.UntilAsync(async () =>
        {
            await other.HousekeepAsync(CancellationToken.None);
            return (await grain.ProgressAsync()).Leased == 0;
        }, Patience);
        Assert.False(await silent.BeatAsync(false, CancellationToken.None));
        Assert.Equal(Refusal.UnknownLease, await grain.CompleteAsync(lease));
        Assert.Equal(new ChunkHistory(0, 1, 0), (await grain.LeasesAsync())[0].History);
    }

    [Fact]
    public async Task A_silo_that_leaves_gives_back_what_it_holds_unharmed()
    {
        long sweep = await host.SubmitAsync(2, failureBudget: 100);
        var grain = host.GrainOf(sweep);
        await using var silo = await OpenAsync(TimeSpan.FromMinutes(1));
        await silo.RegisterAsync(new("leaving", DatasetMetadata.SoftwareVersion, 1, "/data", [new("8 threads", false, true)]), CancellationToken.None);
        await grain.LeasesAsync(1, silo.WorkerOf(0));
        await silo.LeaveAsync(CancellationToken.None);
        Assert.Equal(default, (await grain.LeasesAsync())[0].History);
    }

    private Task<PostgresSiloServer> OpenAsync(TimeSpan lostAfter) => PostgresSiloServer.OpenAsync(
        host.Address, "silo", new PostgresTiming(lostAfter, TimeSpan.FromHours(1)), TimeProvider.System, CancellationToken.None);

    private Task<long> RowsAsync(long sweep) => host.ScalarAsync<long>("select count(*) from sweeps.chunk where sweep = $1", sweep);
}
