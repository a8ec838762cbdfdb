using System.Globalization;
using Sweeps.Grains.Hosts.Postgres;

namespace Sweeps.Contract.Server;

/// <summary>The one server of a test run; whoever wants a database gets one of its own.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    /// <summary>A database with the newest schema, to copy.</summary>
    private const string Template = "sweeps_template";

    private PostgresProcess? process;
    private int databases;

    public PostgresProcess Process => process ?? throw new InvalidOperationException("the server has not been started");

    public async Task InitializeAsync()
    {
        process = await PostgresProcess.StartAsync();
        // The roles are there before any schema, as deployed: rights are part of it.
        await MakeRolesAsync(Template);
        await PostgresMigrations.RunAsync(AddressOf(Template), TimeProvider.System, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync();
    }

    /// <summary>Makes a database with the newest schema, or an empty one.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> NewDatabaseAsync(bool empty = false)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref databases)}");
        await Process.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {(empty ? "template0" : Template)}");
        return name;
    }

    /// <summary>Makes a database, and the roles if they are not there, as an administrator does.</summary>
    public async Task MakeRolesAsync(string database)
    {
        using var resource = new StreamReader(typeof(PostgresServer).Assembly.GetManifestResourceStream("roles.sql")!);
        await Process.RunScriptAsync(await resource.ReadToEndAsync(), $"database={database}");
    }

    /// <summary>Over TCP, not encrypted.</summary>
    public PostgresAddress AddressOf(string database, string user = PostgresProcess.Administrator, string? password = null, string query = "") =>
        Parsed(Process.AddressOf(database, user, password, query: $"?sslmode=disable{query}"));

    public static PostgresAddress Parsed(string text)
    {
        Assert.True(PostgresAddress.TryParse(text, out var address, out string? mistake), mistake);
        return address!;
    }
}

/// <summary>Tests that share the server; one after the other, as each keeps it busy.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
