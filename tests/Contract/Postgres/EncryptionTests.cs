using Npgsql;
using Sweeps.Contract.Server;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Hosts.Postgres;

namespace Sweeps.Contract.Postgres;

/// <summary>A server whose certificate is for the name localhost.</summary>
public sealed class EncryptedServer : IAsyncLifetime
{
    private PostgresProcess? process;

    public PostgresProcess Process => process ?? throw new InvalidOperationException("the server has not been started");

    public async Task InitializeAsync() => process = await PostgresProcess.StartAsync(certificates: true);

    public async Task DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync();
    }
}

/// <summary>Whom a connection trusts.</summary>
[Collection(PostgresCollection.Name)]
public sealed class EncryptionTests(EncryptedServer encrypted, PostgresServer plain) : IClassFixture<EncryptedServer>
{
    [Theory]
    [InlineData("localhost", "verify-full", true)]
    [InlineData("localhost", "verify-ca", true)]
    [InlineData("127.0.0.1", "verify-ca", true)]
    [InlineData("127.0.0.1", "require", false)]
    [InlineData("127.0.0.1", "prefer", false)]
    public async Task A_server_with_a_certificate_is_talked_to_in_secret(string host, string mode, bool withRoot)
    {
        var address = AddressOf(encrypted.Process, host, $"?sslmode={mode}{(withRoot ? Root("ca") : "")}");
        await using var connection = new NpgsqlConnection(address.ConnectionString().ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select ssl from pg_stat_ssl where pid = pg_backend_pid()", connection);
        Assert.Equal(true, await command.ExecuteScalarAsync());
    }

    [Theory]
    [InlineData("127.0.0.1", "verify-full", "ca")]
    [InlineData("localhost", "verify-full", "stranger")]
    [InlineData("localhost", "verify-ca", "stranger")]
    public async Task Another_host_and_an_unknown_authority_are_refused_in_one_sentence(string host, string mode, string root)
    {
        var refused = await RefusedAsync(AddressOf(encrypted.Process, host, $"?sslmode={mode}{Root(root)}"), encrypted.Process.Password);
        Assert.Contains("certificate", refused.Message, StringComparison.Ordinal);
        Assert.Contains("sslrootcert", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("require", false)]
    [InlineData("verify-ca", true)]
    [InlineData("verify-full", true)]
    public async Task A_server_without_encryption_is_refused_in_one_sentence(string mode, bool withRoot)
    {
        var refused = await RefusedAsync(AddressOf(plain.Process, "localhost", $"?sslmode={mode}{(withRoot ? Root("ca") : "")}"), plain.Process.Password);
        Assert.Contains("SSL", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_root_certificate_that_is_not_there_is_refused_in_one_sentence()
    {
        var refused = await RefusedAsync(AddressOf(encrypted.Process, "localhost", "?sslmode=verify-full&sslrootcert=/nowhere/ca.crt"), encrypted.Process.Password);
        Assert.Contains("/nowhere/ca.crt", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_without_the_password()
    {
        var nobody = PostgresServer.Parsed("postgresql://ada:hunter-2-hunter@127.0.0.1:1/sweeps");
        var refused = await RefusedAsync(nobody, "hunter-2-hunter");
        Assert.Contains("postgresql://ada@127.0.0.1:1/sweeps cannot be reached", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<ServerException> RefusedAsync(PostgresAddress address, string password)
    {
        var refused = await Assert.ThrowsAsync<ServerException>(() => PostgresMigrations.RunAsync(address, TimeProvider.System, CancellationToken.None));
        Secrets.AssertKept(refused, password);
        Assert.DoesNotContain(password, address.ToString(), StringComparison.Ordinal);
        return refused;
    }

    private static PostgresAddress AddressOf(PostgresProcess server, string host, string query) =>
        PostgresServer.Parsed(server.AddressOf("postgres", host: host, query: query));

    private string Root(string authority) => $"&sslrootcert={encrypted.Process.Folder}/{authority}.crt";
}
