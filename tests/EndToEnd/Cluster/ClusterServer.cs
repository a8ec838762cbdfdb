using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using Sweeps.Contract.Server;

namespace Sweeps.EndToEnd.Cluster;

/// <summary>The one PostgreSQL of these tests, with the roles of <c>deploy/postgres/roles.sql</c>; each test gets a database.</summary>
public sealed class ClusterServer : IAsyncLifetime
{
    public const string Work = "sweeps_work", Operate = "sweeps_operate";

    private const string Owner = "sweeps_owner", Template = "sweeps_template", Password = "fish-and-chips";

    private readonly ConcurrentDictionary<string, string> digests = [];
    private PostgresProcess? process;
    private int databases;

    public PostgresProcess Process => process ?? throw new InvalidOperationException("the server has not been started");

    /// <summary>The schema comes by <c>sweeps-silo migrate</c>.</summary>
    public async Task InitializeAsync()
    {
        process = await PostgresProcess.StartAsync();
        await MakeRolesAsync(Template);
        foreach (string role in (string[])[Owner, Work, Operate]) await Process.ExecuteAsync($"ALTER ROLE {role} PASSWORD '{Password}'");
        using var migration = SiloProcess.Start(UrlOf(Template, Owner), "migrate");
        migration.Wait().Exits(0);
    }

    public async Task DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync();
    }

    /// <summary>Makes a database with the newest schema.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> NewDatabaseAsync()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref databases)}");
        await Process.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {Template}");
        await MakeRolesAsync(name);
        return name;
    }

    /// <summary>As users write it, with the password.</summary>
    /// <param name="database">Its name.</param>
    /// <param name="role">Who.</param>
    /// <param name="host">The server's address; null for the usual.</param>
    public string UrlOf(string database, string role, string? host = null) =>
        Process.AddressOf(database, role, Password, host ?? PostgresProcess.Loopback, "?sslmode=disable");

    /// <summary>Runs statements as the administrator.</summary>
    /// <returns>How many rows they changed.</returns>
    public async Task<int> ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(Process.Administration(database).ConnectionString);
        await connection.OpenAsync().ConfigureAwait(false);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    /// <summary>The words of a query's first column.</summary>
    public async Task<string[]> AskAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(Process.Administration(database).ConnectionString);
        await connection.OpenAsync().ConfigureAwait(false);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync().ConfigureAwait(false);
        List<string> words = [];
        while (await rows.ReadAsync().ConfigureAwait(false)) words.Add(rows.GetString(0));
        return [.. words];
    }

    /// <summary>Digest of the rows that an undisturbed <c>sweeps run</c> of a spec gives here; run once for all tests.</summary>
    internal string LocalDigest(string yaml) => digests.GetOrAdd(yaml, static yaml =>
    {
        using var work = new Workplace();
        SweepsProcess.Run("run", work.Spec("spec.yaml", yaml), "--device", "cpu", "--out", work["local"]).Exits(0);
        return Rows.Digest(work["local"]);
    });

    private async Task MakeRolesAsync(string database)
    {
        using var resource = new StreamReader(typeof(ClusterServer).Assembly.GetManifestResourceStream("roles.sql")!);
        await Process.RunScriptAsync(await resource.ReadToEndAsync(), $"database={database}");
    }
}

/// <summary>Tests that share the server; one after the other, and beside no other test, as each keeps the machine busy.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ClusterTests : ICollectionFixture<ClusterServer>
{
    public const string Name = "Cluster";
}
