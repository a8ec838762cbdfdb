using Sweeps.Contract.Hosts;
using Sweeps.Contract.Server;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts.Postgres;

namespace Sweeps.Contract.Postgres;

/// <summary>When a housekeeper may say that silos are lost: rows say how much time has passed, so that nothing waits.</summary>
[Collection(PostgresCollection.Name)]
public sealed class HousekeepingTests(PostgresGrains host) : IClassFixture<PostgresGrains>
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task Who_takes_over_the_house_at_once_loses_silent_silos_after_half_of_their_time()
    {
        await using var silent = await SilentAsync();
        await using var keeper = await OpenAsync("keeper");
        await KeptAsync(since: "1 hour", over: "29 seconds");
        Assert.False(await LosesAsync(keeper, silent));
        await PassAsync("28 seconds");
        Assert.False(await LosesAsync(keeper, silent));
        await PassAsync("2 seconds");
        Assert.True(await LosesAsync(keeper, silent));
    }

    [Fact]
    public async Task Where_nobody_kept_house_for_a_while_silent_silos_have_all_of_their_time()
    {
        await using var silent = await SilentAsync();
        await using var keeper = await OpenAsync("keeper");
        await KeptAsync(since: "1 hour", over: "31 seconds");
        Assert.False(await LosesAsync(keeper, silent));
        await PassAsync("55 seconds");
        Assert.False(await LosesAsync(keeper, silent));
        await PassAsync("10 seconds");
        Assert.True(await LosesAsync(keeper, silent));
    }

    [Fact]
    public async Task No_more_time_counts_than_the_house_was_kept()
    {
        await using var silent = await SilentAsync();
        await using var keeper = await OpenAsync("keeper");
        await KeptAsync(since: "10 seconds", over: "1 second");
        Assert.False(await LosesAsync(keeper, silent));
        await PassAsync("40 seconds");
        Assert.False(await LosesAsync(keeper, silent));
        await PassAsync("20 seconds");
        Assert.True(await LosesAsync(keeper, silent));
    }

    private async Task<PostgresSiloServer> SilentAsync()
    {
        var silent = await OpenAsync("silent");
        await silent.RegisterAsync(new("silent", DatasetMetadata.SoftwareVersion, 1, "/data", [new("8 threads", false, true)]), Never);
        await host.ExecuteAsync("update sweeps.silo set heard_at = now() - interval '10 minutes' where name = $1", silent.Silo);
        return silent;
    }

    private async Task<bool> LosesAsync(PostgresSiloServer keeper, PostgresSiloServer silent)
    {
        await keeper.HousekeepAsync(Never);
        return await host.ScalarAsync<string>("select state from sweeps.silo where name = $1", silent.Silo) is "lost";
    }

    private Task KeptAsync(string since, string over) => host.ExecuteAsync(
        $"""
        insert into sweeps.term (role, holder, epoch, since, expires_at)
        values ('housekeeping', 'gone', 1, now() - interval '{since}', now() - interval '{over}')
        on conflict (role) do update set holder = excluded.holder, since = excluded.since, expires_at = excluded.expires_at
        """);

    private Task PassAsync(string time) => host.ExecuteAsync($"update sweeps.term set since = since - interval '{time}'");

    // A minute of silence is a loss, and a term is half of that.
    private Task<PostgresSiloServer> OpenAsync(string name) =>
        PostgresSiloServer.OpenAsync(host.Address, name, PostgresTiming.Of(TimeSpan.FromMinutes(1)), TimeProvider.System, Never);
}
