using System.Globalization;

namespace Sweeps.Contract.Server;

/// <summary>The one server of a test run; whoever wants a database gets one of its own.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private PostgresProcess? process;
    private int databases;

    public PostgresProcess Process => process ?? throw new InvalidOperationException("the server has not been started");

    public async Task InitializeAsync() => process = await PostgresProcess.StartAsync();

    public async Task DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync();
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> NewDatabaseAsync(string template = "template1")
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref databases)}");
        await Process.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}");
        return name;
    }
}

/// <summary>Tests that share the server; one after the other, as each keeps it busy.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
