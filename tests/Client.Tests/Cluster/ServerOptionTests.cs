using Sweeps.Client.Cluster;
using Sweeps.Client.Shell;
using Sweeps.Grains.Hosts;

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
    public void A_port_is_no_password(string address) => Assert.False(SecretWord.HasPassword(address));

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
        session.Run("list");
        session.Shell.Variables["SWEEPS_SERVER_FILE"] = session.Shell.WriteSecret("server", "postgresql://ada:geheim@file/sweeps\nmore\n");
        session.Run("list --server postgresql://ada@option/sweeps");
        session.Shell.Variables["SWEEPS_SERVER"] = "";
        session.Run("list");

        Assert.Equal(
            ["postgresql://ada:geheim@db/sweeps", "postgresql://ada@option/sweeps", "postgresql://ada:geheim@file/sweeps"],
            session.Cluster.Opened);
    }

    [Fact]
    public void A_variable_beside_the_file_that_stands_for_it_is_a_mistake()
    {
        using var session = new ClusterSession();
        session.Shell.Variables["SWEEPS_SERVER_FILE"] = session.Shell.WriteSecret("server", "postgresql://ada@file/sweeps");
        Assert.Equal(ExitCode.WrongRequest, session.Run("list"));
        Assert.Equal("SWEEPS_SERVER_FILE: the server is given by SWEEPS_SERVER as well; unset one of the two", session.Sentence);

        session.Shell.Variables["SWEEPS_TOKEN"] = "abc";
        session.Shell.Variables["SWEEPS_TOKEN_FILE"] = session.Shell.WriteSecret("token", "abc");
        Assert.Equal(ExitCode.WrongRequest, session.Run("list --server https://dashboard.example.org"));
        Assert.Equal("SWEEPS_TOKEN_FILE: the token is given by SWEEPS_TOKEN as well; unset one of the two", session.Sentence);
    }

    [Fact]
    public void A_secret_in_a_file_that_every_user_can_read_is_refused_and_not_repeated()
    {
        if (OperatingSystem.IsWindows()) return;
        using var session = new ClusterSession();
        session.Shell.Variables["SWEEPS_SERVER"] = "";
        foreach (var (variable, text) in ((string, string)[])[("SWEEPS_SERVER_FILE", "postgresql://ada:geheim@db/sweeps"),
            ("SWEEPS_TOKEN_FILE", "geheim")])
        {
            string file = session.Shell.Write("secret", text);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
            session.Shell.Variables[variable] = file;
            Assert.Equal(ExitCode.WrongRequest,
                session.Run(variable is "SWEEPS_TOKEN_FILE" ? "list --server https://dashboard.example.org" : "list"));
            Assert.StartsWith($"{variable}: the ", session.Sentence);
            Assert.Contains("every user of this machine can read the file; chmod o-rw it", session.Sentence);
            Assert.DoesNotContain("geheim", session.Error);
        }
    }

    [Fact]
    public void A_file_that_every_user_can_read_may_hold_an_address_without_a_password()
    {
        using var session = new ClusterSession();
        session.Shell.Variables["SWEEPS_SERVER"] = "";
        session.Shell.Variables["SWEEPS_SERVER_FILE"] = session.Shell.Write("server", "postgresql://ada@db/sweeps\n");
        Assert.Equal(ExitCode.Done, session.Run("list"));
    }

    [Fact]
    public void Without_a_server_the_ways_to_name_one_are_told()
    {
        using var session = new Session();
        Assert.Equal(ExitCode.WrongRequest, session.Run("list"));
        Assert.Equal($"no server is named; give --server {ServerAddress.Form} or --server {HttpAddress.Form}, "
            + "or set SWEEPS_SERVER or SWEEPS_SERVER_FILE", Assert.Single(session.Mistakes));
    }

    [Theory]
    [InlineData("https://", "--server: the address is no URL; write https://HOST:PORT")]
    [InlineData("https://ada@dashboard.example.org", "--server: the address has a user or a token in it; write https://HOST:PORT, and put")]
    [InlineData("https://dashboard.example.org/?token=geheim", "--server: the address has something behind a '?' or a '#'; write")]
    [InlineData("https://dashboard.example.org/#geheim", "--server: the address has something behind a '?' or a '#'; write")]
    [InlineData("https:\\\\dashboard.example.org", "--server: the address is not one of PostgreSQL; write postgresql://")]
    [InlineData("https://dash board", "--server: the address has a space")]
    [InlineData("mysql://db/sweeps", "--server: the address is not one of PostgreSQL; write postgresql://")]
    [InlineData("", "--server: the address is not one of PostgreSQL; write postgresql://")]
    public void Another_address_is_refused_in_one_sentence(string address, string sentence)
    {
        using var session = new ClusterSession();
        Assert.Equal(ExitCode.WrongRequest, session.Shell.Run("list", "--server", address));
        Assert.StartsWith(sentence, session.Sentence);
        Assert.DoesNotContain("geheim", session.Error);
    }

    [Theory]
    [InlineData("https://dashboard.example.org")]
    [InlineData("https://dashboard.example.org:8443/sweeps/")]
    [InlineData("HTTP://dashboard.example.org")]
    [InlineData("http://[::1]:8080")]
    public void The_address_of_a_dashboard_is_opened(string address)
    {
        using var session = new ClusterSession();
        session.Shell.Variables["SWEEPS_TOKEN"] = address.StartsWith("HTTP:", StringComparison.Ordinal) ? "" : "abc.DEF-123";
        Assert.Equal(ExitCode.Done, session.Shell.Run("list", "--server", address));
        Assert.Equal([address], session.Cluster.Opened);
    }

    [Fact]
    public void A_token_is_not_sent_where_everybody_can_read_it()
    {
        using var session = new ClusterSession();
        session.Shell.Variables["SWEEPS_TOKEN_FILE"] = session.Shell.WriteSecret("token", "geheim\nmore\n");
        Assert.Equal(ExitCode.WrongRequest, session.Shell.Run("list", "--server", "http://dashboard.example.org"));
        Assert.Equal("the token would go over the network for everybody to read; use https:// for dashboard.example.org, or a tunnel to it "
            + "and http://localhost, or unset SWEEPS_TOKEN and SWEEPS_TOKEN_FILE", session.Sentence);
        foreach (string near in (string[])["http://localhost:8080", "http://127.0.0.1", "https://dashboard.example.org"])
            Assert.Equal(ExitCode.Done, session.Shell.Run("list", "--server", near));
        Assert.Equal(3, session.Cluster.Opened.Count);
    }

    [Theory]
    [InlineData("two words", null, "SWEEPS_TOKEN is no token; it has letters")]
    [InlineData("ge\r\nheim: x", null, "SWEEPS_TOKEN is no token; it has letters")]
    [InlineData(null, "", " has nothing in its first line; write the token there")]
    [InlineData(null, "ge heim", " is no token; it has letters")]
    [InlineData(null, null, "SWEEPS_TOKEN_FILE: there is no file")]
    public void A_token_that_is_none_is_refused_and_not_repeated(string? token, string? file, string sentence)
    {
        using var session = new ClusterSession();
        if (token is not null) session.Shell.Variables["SWEEPS_TOKEN"] = token;
        else session.Shell.Variables["SWEEPS_TOKEN_FILE"] = file is null ? session.Shell.PathOf("missing") : session.Shell.WriteSecret("token", file);
        Assert.Equal(ExitCode.WrongRequest, session.Shell.Run("list", "--server", "https://dashboard.example.org"));
        Assert.Contains(sentence, session.Sentence);
        Assert.DoesNotContain("heim", session.Error);
        Assert.DoesNotContain("words", session.Error);
        Assert.Empty(session.Cluster.Opened);
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
        Assert.EndsWith("has nothing in its first line; write the address there", session.Sentence);
    }
}
