using Sweeps.Client.Cluster;
using Sweeps.Client.Shell;

namespace Sweeps.Client.Tests.Cluster;

public class ServerOptionTests
{
    [Theory]
    [InlineData("postgresql://ada:geheim@db/sweeps")]
    [InlineData("postgresql://ada:geheim@db:5432/sweeps")]
    [InlineData("postgres://ada:1815@db/sweeps")]
    [InlineData("postgresql://ada:ge/heim@db/sweeps")]
    [InlineData("postgresql://ada:ge?heim@db/sweeps")]
    [InlineData("postgresql://db/sweeps?user=ada&password=geheim")]
    [InlineData("postgresql://db/sweeps?sslPassword=geheim")]
    [InlineData("https://ada:geheim@dashboard.example.org")]
    [InlineData("ada:geheim@db")]
    [InlineData("Host=db;Username=ada;Password=geheim")]
    [InlineData("host=db password=geheim")]
    public void A_password_on_the_command_line_is_refused_and_not_repeated(string address)
    {
        using var session = new ClusterSession();

        Assert.Equal(ExitCode.WrongRequest, session.Shell.Run("list", "--server", address));

        Assert.Contains("--server has a password in it", session.Sentence);
        Assert.Contains("SWEEPS_SERVER_FILE", session.Sentence);
        Assert.Contains("PGPASSFILE", session.Sentence);
        Assert.DoesNotContain("heim", session.Error);
        Assert.Empty(session.Cluster.Opened);
    }

    [Theory]
    [InlineData("postgresql://db:5432/sweeps")]
    [InlineData("postgresql://db:5432/sweeps?application_name=ada@home")]
    [InlineData("postgresql://ada@one:5432,two:5433/sweeps?target_session_attrs=read-write")]
    [InlineData("https://dashboard.example.org:8443/")]
    public void A_port_is_no_password(string address) => Assert.False(ServerAddress.HasPassword(address));

    [Theory]
    [InlineData("postgresql://ada@db/sweeps")]
    [InlineData("postgresql://ada@db:5433/sweeps")]
    [InlineData("postgresql://ada@[::1]:5433/sweeps")]
    [InlineData("postgres://ada@db/sweeps?sslmode=verify-full")]
    public void An_address_without_a_password_is_opened(string address)
    {
        using var session = new ClusterSession();
        Assert.Equal(ExitCode.Done, session.Run($"list --server {address}"));
        Assert.Equal([address], session.Cluster.Opened);
    }

    [Fact]
    public void The_environment_may_have_the_password_and_the_option_goes_first()
    {
        using var session = new ClusterSession();
        session.Shell.Variables["SWEEPS_SERVER"] = "postgresql://ada:geheim@db/sweeps";
        session.Shell.Variables["SWEEPS_SERVER_FILE"] = session.Shell.Write("server", "postgresql://ada:geheim@file/sweeps\nmore\n");

        session.Run("list");
        session.Shell.Variables["SWEEPS_SERVER"] = "";
        session.Run("list");
        session.Run("list --server postgresql://ada@option/sweeps");

        Assert.Equal(
            ["postgresql://ada:geheim@db/sweeps", "postgresql://ada:geheim@file/sweeps", "postgresql://ada@option/sweeps"],
            session.Cluster.Opened);
    }

    [Fact]
    public void Without_a_server_the_ways_to_name_one_are_told()
    {
        using var session = new Session();
        Assert.Equal(ExitCode.WrongRequest, session.Run("list"));
        Assert.Equal($"no server is named; give --server {ServerAddress.Form}, or set SWEEPS_SERVER", Assert.Single(session.Mistakes));
    }

    [Theory]
    [InlineData("https://dashboard.example.org",
        "--server: this is the address of a dashboard, which takes no requests yet; name the database: postgresql://")]
    [InlineData("mysql://db/sweeps", "--server: the address is not one of PostgreSQL; write postgresql://")]
    [InlineData("", "--server: the address is not one of PostgreSQL; write postgresql://")]
    public void Another_address_is_refused_in_one_sentence(string address, string sentence)
    {
        using var session = new ClusterSession();
        Assert.Equal(ExitCode.WrongRequest, session.Shell.Run("list", "--server", address));
        Assert.StartsWith(sentence, session.Sentence);
    }

    [Fact]
    public void Mistakes_in_the_environment_name_the_variable_and_no_secret()
    {
        using var session = new ClusterSession();
        session.Shell.Variables["SWEEPS_SERVER"] = "ada:geheim@db";
        Assert.Equal(ExitCode.WrongRequest, session.Run("list"));
        Assert.StartsWith("SWEEPS_SERVER: the address is not one of PostgreSQL; write", session.Sentence);
        Assert.DoesNotContain("geheim", session.Error);

        session.Shell.Variables.Remove("SWEEPS_SERVER");
        session.Shell.Variables["SWEEPS_SERVER_FILE"] = session.Shell.PathOf("missing");
        Assert.Equal(ExitCode.WrongRequest, session.Run("list"));
        Assert.Contains("SWEEPS_SERVER_FILE: there is no file", session.Sentence);

        session.Shell.Variables["SWEEPS_SERVER_FILE"] = session.Shell.Write("empty", "");
        Assert.Equal(ExitCode.WrongRequest, session.Run("list"));
        Assert.StartsWith("SWEEPS_SERVER_FILE (", session.Sentence);
    }
}
