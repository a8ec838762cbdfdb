using Sweeps.Contract.Hosts;
using Sweeps.Contract.Server;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts.Postgres;

namespace Sweeps.Contract.Postgres;

/// <summary>What users see of chunks in hand, and of lanes' rates.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RecentChunkTests(PostgresGrains host) : IClassFixture<PostgresGrains>
{
    private static CancellationToken Never => CancellationToken.None;

    [Fact]
    public async Task What_is_held_and_what_was_settled_within_a_minute_is_told_the_newest_grants_first()
    {
        long sweep = await host.SubmitAsync(9, failureBudget: 100);
        var grain = host.GrainOf(sweep);
        var first = await grain.LeasesAsync(3, "a");
        var second = await grain.LeasesAsync(1, "b");
        Assert.Null(await grain.CompleteAsync(first[0]));
        Assert.Null(await grain.CompleteAsync(first[1]));
        await host.ExecuteAsync("update sweeps.chunk set ended_at = now() - interval '61 seconds' where sweep = $1 and number = 1", sweep);

        var recent = (await host.Sweeps.RecentChunksAsync($"test-{sweep}", Never))!;

        Assert.Equal(3, recent.Chunks[0].Chunk);
        Assert.Equal(recent.Chunks.OrderByDescending(chunk => chunk.GrantedAt), recent.Chunks);
        Assert.Equal(
            [(0, "a", SamplePoints.Of(0)), (2, "a", null), (3, "b", null)],
            recent.Chunks.OrderBy(chunk => chunk.Chunk).Select(chunk => (chunk.Chunk, chunk.Worker, chunk.Points)));
        Assert.All(recent.Chunks, chunk => Assert.Equal(chunk.Points is not null, chunk.SettledAt is not null));
        Assert.All(recent.Chunks, chunk => Assert.InRange(chunk.GrantedAt, recent.Now.AddMinutes(-1), chunk.SettledAt ?? recent.Now));
        Assert.Equal(3, Assert.Single(second).Id.Chunk);
    }

    [Fact]
    public async Task Where_nothing_is_in_hand_there_is_only_the_time_and_of_an_unknown_sweep_nothing()
    {
        long sweep = await host.SubmitAsync(2, failureBudget: 100);

        Assert.Empty((await host.Sweeps.RecentChunksAsync($"{sweep}", Never))!.Chunks);
        Assert.Null(await host.Sweeps.RecentChunksAsync("test-999999", Never));
        Assert.Null(await host.Sweeps.RecentChunksAsync("test", Never));
    }

    [Fact]
    public async Task A_lanes_rate_is_of_all_that_it_settled_within_a_minute_whatever_the_sweep()
    {
        await using var silo = await PostgresSiloServer.OpenAsync(
            host.Address, "host", PostgresTiming.Of(TimeSpan.FromSeconds(10)), TimeProvider.System, Never);
        await silo.RegisterAsync(
            new("host", DatasetMetadata.SoftwareVersion, 1, "/data", [new("8 threads", false, true), new("cuda:0", true, false)]), Never);
        long points = 0;
        for (int i = 0; i < 2; i++)
        {
            var grain = host.GrainOf(await host.SubmitAsync(4, failureBudget: 100));
            foreach (var lease in await grain.LeasesAsync(2, silo.WorkerOf(0)))
            {
                Assert.Null(await grain.CompleteAsync(lease));
                points += SamplePoints.Of(lease.Id.Chunk);
            }
        }
        await host.ExecuteAsync("update sweeps.chunk set granted_at = now() - interval '20 seconds' where worker = $1", silo.WorkerOf(0));

        var lanes = Assert.Single(await host.Sweeps.SilosAsync(Never), one => one.Name == silo.Silo).Lanes;

        Assert.InRange(lanes[0].PointsPerSecond!.Value, points / 50.0, points / 20.0);
        Assert.Null(lanes[1].PointsPerSecond);
        await silo.LeaveAsync(Never);
    }
}
