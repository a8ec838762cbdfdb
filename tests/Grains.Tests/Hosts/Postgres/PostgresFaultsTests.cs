using Npgsql;
using Sweeps.Grains.Hosts.Postgres;

namespace Sweeps.Grains.Tests.Hosts.Postgres;

public class PostgresFaultsTests
{
    [Theory]
    [InlineData("sorry, too many clients already")]
    [InlineData("too many connections for role \"sweeps_work\"")]
    public void A_server_without_a_free_connection_is_told_with_the_remedy_and_asked_again(string message)
    {
        Assert.True(PostgresAddress.TryParse("postgresql://sweeps_work@db/sweeps", out var address, out _));
        var full = new PostgresException(message, "FATAL", "FATAL", PostgresErrorCodes.TooManyConnections);
        var told = PostgresFaults.Of(full, address!);
        Assert.NotNull(told);
        Assert.True(told.IsTransient);
        Assert.StartsWith($"postgresql://sweeps_work@db/sweeps has no connection left ({message}); ", told.Message, StringComparison.Ordinal);
        Assert.Contains("max_connections", told.Message, StringComparison.Ordinal);
    }
}
