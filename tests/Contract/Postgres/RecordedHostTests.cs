using System.Diagnostics.Metrics;
using Sweeps.Contract.Hosts;
using Sweeps.Contract.Server;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Hosts.Postgres;
using Sweeps.Grains.Leases;
using Sweeps.Grains.Telemetry.Recording;

namespace Sweeps.Contract.Postgres;

/// <summary>What a silo's server tells of its turns, and of the cluster.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RecordedHostTests(PostgresGrains host) : IClassFixture<PostgresGrains>
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task Attempts_are_timed_expired_leases_and_quarantines_counted_and_the_keeper_of_the_house_reads_the_cluster()
    {
        using SweepsMetrics metrics = new(TimeProvider.System);
        Dictionary<string, double> told = [];
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == metrics.Meter) listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => Add(instrument.Name, 1));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            Add($"{instrument.Name} {(tags.Length > 0 ? tags[0].Value : "")}", value));
        listener.Start();
        await host.ExecuteAsync("delete from sweeps.term");
        await using var keeper = await PostgresSiloServer.OpenAsync(
            host.Address, "keeper", PostgresTiming.Of(TimeSpan.FromSeconds(10)), TimeProvider.System, Never, metrics);
        await using var other = await PostgresSiloServer.OpenAsync(
            host.Address, "other", PostgresTiming.Of(TimeSpan.FromSeconds(10)), TimeProvider.System, Never);
        foreach (var silo in (PostgresSiloServer[])[keeper, other])
            await silo.RegisterAsync(new(silo.Silo, DatasetMetadata.SoftwareVersion, 1, "/data", [new("8 threads", false, true)]), Never);

        Assert.True(await keeper.HousekeepAsync(Never));
        Assert.False(await other.HousekeepAsync(Never));
        Assert.True(await keeper.HousekeepAsync(Never));
        var reading = await keeper.ReadClusterAsync(Never);
        Assert.True(reading.Silos!.Working >= 2);
        Assert.True(reading.Silos.LanesIdle >= 2);
        lock (told) Assert.True(told["sweeps.database.attempt.duration"] >= 5);

        // Each kind from 0 on.
        lock (told) Assert.All(["connection", "full", "schema"], kind => Assert.Equal(0, told["sweeps.database.errors " + kind]));

        long number = await host.SubmitAsync(3, failureBudget: 100);
        var grain = keeper.GrainOf(
            new(number, $"test-{number}", Guid.Empty, 1, "{}", "", 3, 1, DatasetMetadata.SoftwareVersion), SamplePoints.Of);
        Assert.Equal(2, (await grain.LeasesAsync(2)).Length);
        var standing = Assert.Single((await keeper.ReadClusterAsync(Never)).Sweeps, sweep => sweep.Sweep == $"test-{number}");
        Assert.Equal((SamplePoints.OfAll(3), 2, 1), (standing.Points, standing.Progress.Leased, standing.Lanes));
        Assert.Equal(100, standing.FailureBudget);
        await host.ExecuteAsync(
            "update sweeps.chunk set expires_at = now() - interval '1 second' where state = 'leased' and sweep = $1", number);
        await host.ExecuteAsync("update sweeps.term set since = now() - interval '1 hour'");
        Assert.True(await keeper.HousekeepAsync(Never));
        for (int failure = 0; failure < new LedgerPolicy().MaximumFailures; failure++)
            Assert.Null(await grain.FailAsync((await grain.LeasesAsync())[0].Id, "no memory"));
        lock (told)
            Assert.Equal((2.0, 1.0), (told["sweeps.leases.expired test-" + number], told["sweeps.chunks.quarantined test-" + number]));

        void Add(string name, double value)
        {
            lock (told) told[name] = told.GetValueOrDefault(name) + value;
        }
    }
}
