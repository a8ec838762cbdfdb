using Npgsql;

namespace Sweeps.Contract.Server;

public class PostgresProcessTests
{
    [Fact]
    public async Task A_server_keeps_what_was_committed_before_a_crash_and_leaves_no_folder()
    {
        string folder;
        await using (var server = await PostgresProcess.StartAsync())
        {
            folder = server.Folder;
            await server.ExecuteAsync("CREATE TABLE kept AS SELECT 17 AS number");
            await server.CrashAsync();
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => server.ExecuteAsync("SELECT 1"));
            await server.StartAgainAsync();
            await using var connection = new NpgsqlConnection(server.Administration().ConnectionString);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("SELECT number FROM kept", connection);
            Assert.Equal(17, await command.ExecuteScalarAsync());
        }
        Assert.False(Directory.Exists(folder));
    }
}
