using Npgsql;
using Sweeps.Contract.Server;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;
using Sweeps.Grains.Leases;

namespace Sweeps.Contract.Hosts;

/// <summary>Grains in a database of its own.</summary>
public sealed class PostgresGrains(PostgresServer server) : IExpiringGrainHost, IAsyncLifetime, IAsyncDisposable
{
    private readonly List<IAsyncDisposable> toClose = [];
    private PostgresSweepServer? sweeps;
    private PostgresDatabase? database;

    public PostgresServer Server => server;

    /// <summary>Name of the database.</summary>
    public string Name { get; private set; } = "";

    public PostgresAddress Address => server.AddressOf(Name);

    /// <summary>What users call.</summary>
    public PostgresSweepServer Sweeps => sweeps ?? throw new InvalidOperationException("there is no database yet");

    internal PostgresDatabase Database => database ?? throw new InvalidOperationException("there is no database yet");

    public async Task InitializeAsync()
    {
        Name = await server.NewDatabaseAsync();
        toClose.Add(database = new PostgresDatabase(server.AddressOf(Name, query: "&pool_size=24"), TimeProvider.System));
        toClose.Add(sweeps = await PostgresSweepServer.OpenAsync(Address, TimeProvider.System, CancellationToken.None));
    }

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (database is null) return;
        foreach (var each in toClose) await each.DisposeAsync();
        database = null;
        await server.Process.ExecuteAsync($"DROP DATABASE {Name} WITH (FORCE)");
    }

    public async Task<IGrainUnderTest> NewAsync(int chunks, long failureBudget) =>
        new PostgresGrain(this, await SubmitAsync(chunks, failureBudget), 1);

    public async Task ExpireAllAsync(IGrainUnderTest grain)
    {
        long sweep = ((PostgresGrain)grain).Number;
        await ExecuteAsync("update sweeps.chunk set expires_at = now() - interval '1 second' where state = 'leased' and sweep = $1", sweep);
        await VoidAsync();
        await grain.Grain.ProgressAsync();
    }

    public async Task LoseAsync(IGrainUnderTest grain, string worker)
    {
        const string silo = "gone";
        await ExecuteAsync(
            "insert into sweeps.silo (name, software_version, cut_version, data, state, lost_after) values ($1, '0.1.0', 1, '/data', 'lost', '1 minute')",
            silo);
        await ExecuteAsync(
            "insert into sweeps.lane (worker, silo, number, device, is_accelerator, is_processor) values ($1, $2, 0, '1 thread', false, true)", worker, silo);
        await VoidAsync();
        await ExecuteAsync(SqlText.Of("forget-silo"), silo);
        await grain.Grain.ProgressAsync();
    }

    /// <summary>A sweep whose dataset is ready.</summary>
    /// <returns>Its number.</returns>
    internal async Task<long> SubmitAsync(int chunks, long failureBudget)
    {
        long points = SamplePoints.OfAll(chunks);
        var (number, _, _) = await Sweeps.InsertAsync(
            new NewSweep("test", "{}", new string('0', 64), points, chunks, failureBudget), new SweepDemands(), Guid.NewGuid(), CancellationToken.None);
        await ExecuteAsync("update sweeps.sweep set stage = 'ready' where number = $1", number);
        return number;
    }

    /// <summary>A grain of a sweep that is there already, as another process has it.</summary>
    internal PostgresSweepGrain GrainOf(long sweep, int generation = 1, TimeSpan? lease = null) =>
        new(Database, sweep, generation, SamplePoints.Of, new LedgerPolicy { LeaseDuration = lease ?? TimeSpan.FromHours(1) });

    internal async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = await CommandAsync(sql, values);
        await command.ExecuteNonQueryAsync();
        await command.Connection!.DisposeAsync();
    }

    internal async Task<T> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var command = await CommandAsync(sql, values);
        object? value = await command.ExecuteScalarAsync();
        await command.Connection!.DisposeAsync();
        return Assert.IsType<T>(value);
    }

    private Task VoidAsync() => ExecuteAsync(SqlText.Of("void"), new LedgerPolicy().MaximumDeaths);

    private async Task<NpgsqlCommand> CommandAsync(string sql, object[] values)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.Process.Administration(Name).ConnectionString) { Pooling = true }
            .ConnectionString);
        await connection.OpenAsync();
        var command = new NpgsqlCommand(sql, connection);
        foreach (object value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}

/// <summary>A grain whose sweep is in the database.</summary>
public sealed class PostgresGrain(PostgresGrains host, long number, int generation) : IGrainUnderTest
{
    public long Number => number;

    public ISweepGrain Grain { get; } = host.GrainOf(number, generation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

[Collection(PostgresCollection.Name)]
public sealed class PostgresClaimTests(PostgresGrains host) : ClaimContract(host), IClassFixture<PostgresGrains>;

[Collection(PostgresCollection.Name)]
public sealed class PostgresLeaseTests(PostgresGrains host) : LeaseContract(host), IClassFixture<PostgresGrains>;

[Collection(PostgresCollection.Name)]
public sealed class PostgresFailureTests(PostgresGrains host) : FailureContract(host), IClassFixture<PostgresGrains>;

[Collection(PostgresCollection.Name)]
public sealed class PostgresPhaseTests(PostgresGrains host) : PhaseContract(host), IClassFixture<PostgresGrains>;

[Collection(PostgresCollection.Name)]
public sealed class PostgresExtensionTests(PostgresGrains host) : ExtensionContract(host), IClassFixture<PostgresGrains>;

[Collection(PostgresCollection.Name)]
public sealed class PostgresExpiryTests(PostgresGrains host) : ExpiryContract(host), IClassFixture<PostgresGrains>;

[Collection(PostgresCollection.Name)]
public sealed class PostgresModelTests(PostgresGrains host) : ModelContract(host), IClassFixture<PostgresGrains>;
