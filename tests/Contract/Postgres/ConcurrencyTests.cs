using System.Collections.Immutable;
using Sweeps.Compute.Random;
using Sweeps.Contract.Hosts;
using Sweeps.Contract.Server;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;
using Sweeps.Grains.Leases;

namespace Sweeps.Contract.Postgres;

/// <summary>Many workers at once, on connections that break.</summary>
[Collection(PostgresCollection.Name)]
public sealed class ConcurrencyTests(PostgresGrains host) : IClassFixture<PostgresGrains>
{
    private const int Workers = 16;

    private const string Break = """
        select pg_terminate_backend(pid)
        from pg_stat_activity
        where datname = current_database() and application_name = 'sweeps'
        order by random()
        limit 1
        """;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Sixteen_workers_end_every_chunk_once_through_pauses_and_broken_connections()
    {
        const int chunks = 2000;
        long sweep = await host.SubmitAsync(chunks, failureBudget: 1_000_000);
        var check = new HolderCheck(Lease, TimeProvider.System);
        using var end = new CancellationTokenSource(Patience, TimeProvider.System);
        using var around = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
        var grain = host.GrainOf(sweep, lease: Lease);
        Task[] others =
        [
            KeepHouseAsync(around.Token),
            BreakConnectionsAsync(check, around.Token),
            Polling.EveryAsync(TimeSpan.FromMilliseconds(500), async () =>
            {
                await grain.PauseAsync(around.Token);
                await grain.ResumeAsync(cancellation: around.Token);
            }, around.Token),
        ];
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => WorkAsync(worker, host.GrainOf(sweep, lease: Lease), check, end.Token)));
        await around.CancelAsync();
        await Task.WhenAll(others);

        Assert.Empty(check.Violations);
        Assert.True(check.Grants > chunks, "no chunk was granted again: nothing was tried");
        var progress = await grain.ProgressAsync();
        var given = Enumerable.Range(0, chunks).Except(check.Completed.Keys).ToList();
        Assert.Equal(
            new LedgerProgress(LedgerPhase.Completed, chunks, check.Completed.Count, 0, 0, given.Count,
                check.Completed.Values.Sum(points => points.Done),
                check.Completed.Values.Sum(points => points.Failed) + given.Sum(chunk => (long)SamplePoints.Of(chunk))),
            progress);
        Assert.Equal(given, await QuarantinedAsync(sweep));
        Assert.True(await host.ScalarAsync<long>("select count(*) from sweeps.evidence where sweep = $1 and what = 'quarantined'", sweep) >= given.Count);
    }

    [Fact]
    public async Task The_same_submission_from_many_at_the_same_moment_is_one_sweep_for_all_of_them()
    {
        var sweep = new NewSweep("twice", "{}", new string('0', 64), 100, 1, 10);
        for (int round = 0; round < 20; round++)
        {
            var submission = Guid.NewGuid();
            var answers = await Task.WhenAll(Enumerable.Range(0, Workers / 2).Select(_ => Task.Run(() =>
                host.Sweeps.InsertAsync(sweep, new SweepDemands(), submission, CancellationToken.None))));
            Assert.Single(answers.Distinct());
        }
    }

    [Fact]
    public async Task A_cancel_amid_sixteen_workers_voids_all_that_was_not_heard_before()
    {
        const int chunks = 2000;
        long sweep = await host.SubmitAsync(chunks, failureBudget: 1_000_000);
        var check = new HolderCheck(Lease, TimeProvider.System);
        using var end = new CancellationTokenSource(Patience, TimeProvider.System);
        var workers = Enumerable.Range(0, Workers).Select(worker => WorkAsync(worker, host.GrainOf(sweep, lease: Lease), check, end.Token)).ToList();
        var grain = host.GrainOf(sweep, lease: Lease);
        await Polling.UntilAsync(async () => (await grain.ProgressAsync()).Settled > 200, Patience);
        Assert.Null(await grain.CancelAsync());
        var atCancel = await grain.ProgressAsync();
        await Task.WhenAll(workers);

        Assert.Empty(check.Violations);
        var progress = await grain.ProgressAsync();
        Assert.Equal(atCancel, progress);
        Assert.Equal((LedgerPhase.Cancelled, 0, check.Completed.Count), (progress.Phase, progress.Leased, progress.Settled));
        Assert.Equal(check.Completed.Values.Sum(points => points.Done), progress.PointsDone);
    }

    // Claims, and does with each chunk what chance says, until the sweep has ended.
    private static async Task WorkAsync(int worker, PostgresSweepGrain grain, HolderCheck check, CancellationToken end)
    {
        var chance = RandomStream.Of(17, "", $"worker {worker}");
        ulong drawn = 0;
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (true)
        {
            long asked = TimeProvider.System.GetTimestamp();
            var answer = await grain.ClaimAsync($"w{worker}", 1 + (int)(16 * chance.Uniform(drawn++)), end);
            if (answer.Refusal is Refusal.Completed or Refusal.Cancelled) return;
            foreach (var lease in answer.Leases) check.Granted(lease, asked);
            var fates = answer.Leases.ToLookup(lease => FateOf(chance.Uniform(drawn++)));
            await CompleteAsync(grain, [.. fates[Fate.Completed].Select(lease => lease.Completed(failed: lease.Id.Chunk % 10 == 0 ? 2 : 0))], check, end);
            foreach (var lease in fates[Fate.Released]) check.Ending(lease.Id);
            await grain.ReleaseAsync([.. fates[Fate.Released].Select(lease => lease.Id)], end);
            foreach (var lease in fates[Fate.Failed].Concat(fates[Fate.Died]))
            {
                check.Ending(lease.Id);
                await grain.FailAsync(lease.Id, "by chance", fates[Fate.Died].Contains(lease), end);
            }
            if (answer.Leases.IsEmpty) await pause.WaitForNextTickAsync(end);
        }
    }

    private static async Task CompleteAsync(PostgresSweepGrain grain, ImmutableArray<Completion> batch, HolderCheck check, CancellationToken end)
    {
        var newest = batch.Select(completion => check.Ending(completion.Lease)).ToList();
        var answers = await grain.CompleteAsync(batch, end);
        for (int i = 0; i < batch.Length; i++)
            if (answers[i] is null) check.Ended(batch[i].Lease, newest[i], batch[i].PointsDone, batch[i].PointsFailed);
    }

    private enum Fate
    {
        Completed,
        Released,
        Failed,
        Died,

        /// <summary>Its lease runs out.</summary>
        Forgotten,
    }

    private static Fate FateOf(double chance) => chance switch
    {
        < 0.005 => Fate.Forgotten,
        < 0.8 => Fate.Completed,
        < 0.9 => Fate.Released,
        < 0.96 => Fate.Failed,
        _ => Fate.Died,
    };

    // A silo that keeps house, as one of the cluster's does.
    private async Task KeepHouseAsync(CancellationToken end)
    {
        await using var silo = await PostgresSiloServer.OpenAsync(
            host.Address, "housekeeper", new PostgresTiming(TimeSpan.FromSeconds(1), Lease), TimeProvider.System, end);
        await Polling.EveryAsync(TimeSpan.FromMilliseconds(100), () => silo.HousekeepAsync(end), end);
    }

    // Only if a chunk was granted since the last time: a slow machine is not kept from going on at all.
    private Task BreakConnectionsAsync(HolderCheck check, CancellationToken end)
    {
        int seen = 0;
        return Polling.EveryAsync(TimeSpan.FromMilliseconds(60), async () =>
        {
            int grants = check.Grants;
            if (grants == seen) return;
            seen = grants;
            await host.ExecuteAsync(Break);
        }, end);
    }

    private async Task<IEnumerable<int>> QuarantinedAsync(long sweep) => await host.ScalarAsync<int[]>(
        "select coalesce(array_agg(number order by number), '{}') from sweeps.chunk where sweep = $1 and state = 'quarantined'", sweep);
}
