using FsCheck;
using FsCheck.Fluent;
using Npgsql;
using Sweeps.Grains.Hosts.Postgres;
using Sweeps.Properties;

namespace Sweeps.Grains.Tests.Hosts.Postgres;

public class PostgresAddressTests
{
    [Theory]
    [InlineData("postgresql://ada@db.example.org/sweeps", "db.example.org", 5432)]
    [InlineData("postgres://ada@db:6000/sweeps", "db", 6000)]
    [InlineData("postgresql://ada@[::1]:6000/sweeps", "::1", 6000)]
    [InlineData("postgresql://ada@[fe80::2]/sweeps", "fe80::2", 5432)]
    [InlineData("postgresql://ada@/sweeps?host=/run/postgresql", "/run/postgresql", 5432)]
    [InlineData("postgresql://ada@:6000/sweeps?host=%2Frun%2Fpg", "/run/pg", 6000)]
    public void Host_and_port_are_read(string text, string host, int port)
    {
        var settings = Parsed(text).ConnectionString();
        Assert.Equal((host, port, "ada", "sweeps"), (settings.Host, settings.Port, settings.Username, settings.Database));
        Assert.Null(settings.Password);
    }

    [Fact]
    public void Names_and_passwords_are_percent_decoded()
    {
        var address = Parsed("postgresql://a%40b:p%2F%3F%23%40%3A%25%20ä;'@db/my%20sweeps");
        var settings = address.ConnectionString();
        Assert.Equal(("a@b", "p/?#@:% ä;'", "my sweeps"), (settings.Username, settings.Password, settings.Database));
        Assert.True(address.HasPassword);
        Assert.Equal("postgresql://a%40b@db/my%20sweeps", address.ToString());
    }

    [Theory]
    [InlineData("disable", SslMode.Disable)]
    [InlineData("prefer", SslMode.Prefer)]
    [InlineData("require", SslMode.Require)]
    [InlineData("verify-ca", SslMode.VerifyCA)]
    [InlineData("verify-full", SslMode.VerifyFull)]
    public void Every_mode_of_encryption_is_mapped(string word, SslMode mode) =>
        Assert.Equal(mode, Parsed($"postgresql://a@db/s?sslmode={word}").ConnectionString().SslMode);

    [Fact]
    public void Without_parameters_the_settings_are_the_projects()
    {
        var settings = Parsed("postgresql://a@db/s").ConnectionString();
        Assert.Equal((SslMode.Prefer, 8, 5, 15, 10), (settings.SslMode, settings.MaxPoolSize, settings.Timeout, settings.CommandTimeout, settings.KeepAlive));
        Assert.Equal((50, 2, false, "sweeps"),
            (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages, settings.IncludeErrorDetail, settings.ApplicationName));
    }

    [Fact]
    public void Parameters_are_taken()
    {
        var settings = Parsed("postgresql://a@db/s?sslmode=verify-full&sslrootcert=/ca%20root.crt&sslcert=/me.crt&sslkey=/me.key"
            + "&passfile=/pass&application_name=silo%201&connect_timeout=9&pool_size=3").ConnectionString();
        Assert.Equal(("/ca root.crt", "/me.crt", "/me.key", "/pass"),
            (settings.RootCertificate, settings.SslCertificate, settings.SslKey, settings.Passfile));
        Assert.Equal(("silo 1", 9, 3), (settings.ApplicationName, settings.Timeout, settings.MaxPoolSize));
    }

    [Theory]
    [InlineData("mysql://a@db/s", "not one of PostgreSQL")]
    [InlineData("db.example.org", "not one of PostgreSQL")]
    [InlineData("postgresql://db/s", "no user")]
    [InlineData("postgresql://@db/s", "no readable user")]
    [InlineData("postgresql://a@db", "no database")]
    [InlineData("postgresql://a@db/", "no database")]
    [InlineData("postgresql://a@db/s/t", "no database")]
    [InlineData("postgresql://a@/s", "no host")]
    [InlineData("postgresql://a@db/s?host=/run", "a host and a socket folder")]
    [InlineData("postgresql://a@/s?host=db", "no folder")]
    [InlineData("postgresql://a@one,two/s", "several hosts")]
    [InlineData("postgresql://a@::1/s", "IPv6 goes in brackets")]
    [InlineData("postgresql://a@[db]/s", "no IPv6 address")]
    [InlineData("postgresql://a@db:0/s", "1 to 65535")]
    [InlineData("postgresql://a@db:65536/s", "1 to 65535")]
    [InlineData("postgresql://a@db:/s", "1 to 65535")]
    [InlineData("postgresql://a@d b/s", "a space")]
    [InlineData("postgresql://a@db/s?sslmod=disable", "unknown parameter 'sslmod'; there are host, sslmode,")]
    [InlineData("postgresql://a@db/s?sslmode=allow", "none of disable, prefer, require, verify-ca, verify-full")]
    [InlineData("postgresql://a@db/s?sslmode", "'sslmode' has no readable value")]
    [InlineData("postgresql://a@db/s?sslmode=disable&sslmode=require", "'sslmode' twice")]
    [InlineData("postgresql://a@db/s?sslrootcert=/ca&sslmode=require", "say sslmode=verify-full")]
    [InlineData("postgresql://a@db/s?sslkey=/k", "add sslcert")]
    [InlineData("postgresql://a@db/s?pool_size=0", "1 to 1000")]
    [InlineData("postgresql://a@db/s?connect_timeout=soon", "1 to 1000")]
    [InlineData("postgresql://a%00b@db/s", "no readable user")]
    [InlineData("postgresql://a%ffb@db/s", "no readable user")]
    [InlineData("postgresql://a@db/s?application_name=%0A", "no readable value")]
    public void A_mistake_is_one_sentence_that_names_it(string text, string words)
    {
        Assert.False(PostgresAddress.TryParse(text, out var address, out string? mistake));
        Assert.Null(address);
        Assert.Contains(words, mistake, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', mistake);
    }

    [Fact]
    public void No_part_of_a_password_is_ever_shown_however_it_is_written()
    {
        // Marked letters that no sentence of ours has, between everything that may break the address.
        var piece = Gen.Elements("ζ", "ξ", "ψ", "@", ":", "/", "?", "#", "&", "=", "%", "%41", "%zz", "[", "]", ",", " ", "\n");
        Prop.ForAll(piece.ListOf().Select(string.Concat).ToArbitrary(), password =>
        {
            string text = $"postgresql://ada:{password}@db:6000/s?sslmode=disable";
            string shown = PostgresAddress.TryParse(text, out var address, out string? mistake) ? address.ToString() : mistake!;
            return shown.AsSpan().IndexOfAny("ζξψ") < 0;
        }).Check(Repeatable.Runs.WithMaxTest(2000));
    }

    [Theory]
    [InlineData("postgresql://ada:pa?hunter@db/s")]
    [InlineData("postgresql://ada:12/hunter@db/s")]
    [InlineData("postgresql://ada:hunter/db")]
    [InlineData("postgresql://ada:x@hunter:y@db/s")]
    [InlineData("postgresql://ada:x@db/s?hunter@db")]
    [InlineData("postgresql://ada:x@db:hunter/s")]
    public void What_may_be_the_end_of_a_password_is_not_repeated(string text)
    {
        string shown = PostgresAddress.TryParse(text, out var address, out string? mistake) ? address.ToString() : mistake!;
        Assert.DoesNotContain("hunter", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_text_is_an_address_again()
    {
        foreach (string text in (string[])["postgresql://a@db/s", "postgresql://a@[::1]:6000/s", "postgresql://a@:6000/s?host=/run/pg"])
        {
            Assert.Equal(text, Parsed(text).ToString());
            Assert.False(Parsed(text).HasPassword);
        }
    }

    private static PostgresAddress Parsed(string text)
    {
        Assert.True(PostgresAddress.TryParse(text, out var address, out string? mistake), mistake);
        return address!;
    }
}
