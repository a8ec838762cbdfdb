using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sweeps.Client.Shell;
using Sweeps.Fakes;

namespace Sweeps.Client.Tests.Commands;

public class DashboardTests
{
    private static readonly string[] AnyPort = ["dashboard", "--address", "127.0.0.1:0"];

    private static Session Session() => new() { Variables = { ["SWEEPS_SERVER"] = new FakeCluster().Address } };

    [Fact]
    public async Task It_serves_the_clusters_sweeps_at_the_url_that_it_prints_until_it_is_interrupted()
    {
        using var session = Session();
        session.Cluster.Add("drift-1");
        string? page = null;
        var asked = session.WhenPrinted(async url =>
        {
            using var browser = new HttpClient();
            page = await browser.GetStringAsync(new Uri(url));
            await session.Interruption.CancelAsync();
        });

        Assert.Equal(ExitCode.Interrupted, session.Run(AnyPort));
        await asked;

        Assert.Contains("drift-1", page);
        Assert.Matches(@"^http://127\.0\.0\.1:[1-9][0-9]*/\n$", session.Out);
        Assert.Contains("end it with Ctrl-C", session.Error);
        Assert.Contains("the sweeps go on without it", session.Error);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        using var session = new Session();
        Assert.Equal(ExitCode.WrongRequest, session.Run("dashboard", "--address", "0.0.0.0:0", "--data", session.PathOf("nowhere")));
        Assert.Equal(3, session.Mistakes.Length);
        Assert.Contains(session.Mistakes, mistake => mistake.Contains("0.0.0.0:0 can be reached from other machines"));
        Assert.Contains(session.Mistakes, mistake => mistake.Contains("--data: there is no folder"));
        Assert.Contains(session.Mistakes, mistake => mistake.Contains("no server is named"));
    }

    [Theory]
    [InlineData("8080")]
    [InlineData("127.0.0.1")]
    [InlineData("nowhere:80")]
    public void An_address_that_is_none_is_refused(string address)
    {
        using var session = Session();
        Assert.Equal(ExitCode.WrongRequest, session.Run("dashboard", "--address", address));
        Assert.Contains(
            $"--address is '{address}', no address to listen on; write one with its port", Assert.Single(session.Mistakes));
    }

    [Fact]
    public void An_address_that_is_taken_is_the_machines_fault()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var session = Session();
        Assert.Equal(ExitCode.MachineFailed, session.Run("dashboard", "--address", $"{taken.LocalEndpoint}"));
        Assert.Contains($"the dashboard cannot be served at {taken.LocalEndpoint}: ", Assert.Single(session.Mistakes));
        Assert.Contains("choose another", session.Error);
    }

    [Fact]
    public void A_server_that_is_gone_at_the_start_ends_with_3()
    {
        using var session = Session();
        session.Cluster.Unanswered = 1;
        Assert.Equal(ExitCode.MachineFailed, session.Run(AnyPort));
        Assert.Equal($"sweeps: {FakeCluster.Gone}", Assert.Single(session.Mistakes));
    }

    [Fact]
    public async Task With_tokens_it_asks_who_it_is()
    {
        using var session = Session();
        Assert.Equal(ExitCode.Done, session.Run("dashboard", "--new-token"));
        string token = session.Out.Trim(), file = session.Write("tokens", $"read {token}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        HttpStatusCode stranger = default, friend = default;
        var asked = session.WhenPrinted(async url =>
        {
            using var browser = new HttpClient();
            stranger = (await browser.GetAsync(new Uri(url))).StatusCode;
            browser.DefaultRequestHeaders.Authorization = new("Bearer", token);
            friend = (await browser.GetAsync(new Uri(url))).StatusCode;
            await session.Interruption.CancelAsync();
        });
        Assert.Equal(ExitCode.Interrupted, session.Run("dashboard", "--address", "0.0.0.0:0", "--tokens", file));
        await asked;
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (stranger, friend));
        Assert.Matches(@"^http://localhost:[1-9][0-9]*/\n$", session.Out);
        Assert.DoesNotContain(token, session.Error);
        Assert.Contains("tokens come unencrypted", session.Error);
    }

    [Theory]
    [InlineData("0.0.0.0:0", "--proxy", "10.0.0.7")]
    [InlineData("127.0.0.1:0")]
    public async Task It_does_not_warn_of_tokens_where_a_proxy_encrypts_or_nobody_else_can_listen(string address, params string[] options)
    {
        using var session = Session();
        session.Run("dashboard", "--new-token");
        string file = session.Write("tokens", $"read {session.Out.Trim()}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var served = session.WhenPrinted(_ => session.Interruption.CancelAsync());
        Assert.Equal(ExitCode.Interrupted, session.Run(["dashboard", "--address", address, "--tokens", file, .. options]));
        await served;
        Assert.DoesNotContain("unencrypted", session.Error);
    }

    [Fact]
    public void Mistakes_in_files_names_and_proxies_are_told_at_once()
    {
        using var session = Session();
        string tokens = session.Write("tokens", "reed x\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(tokens, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(ExitCode.WrongRequest, session.Run(
            [.. AnyPort, "--tokens", tokens, "--host", "https://sweeps.example.org", "--proxy", "10.0.0.x", "--certificate", "no.pem", "--key", "no.key"]));
        Assert.Collection(
            session.Mistakes,
            mistake => Assert.Contains("tokens:1: this begins with neither read nor operate", mistake),
            mistake => Assert.Contains("tokens:1: a token", mistake.Replace("the token has 1 characters", "a token")),
            mistake => Assert.Contains("--certificate: there is no file 'no.pem'", mistake),
            mistake => Assert.Contains("--key: there is no file 'no.key'", mistake),
            mistake => Assert.Contains("--host is 'https://sweeps.example.org', no name of a machine", mistake),
            mistake => Assert.Contains("--proxy is '10.0.0.x', no address", mistake));
        session.Run([.. AnyPort, "--host", "sweeps.example.org"]);
        Assert.Contains("--host sweeps.example.org is a name for other machines", Assert.Single(session.Mistakes));
        session.Run([.. AnyPort, "--certificate", "no.pem"]);
        Assert.Contains("--certificate is there, but not its key", Assert.Single(session.Mistakes));
    }

    [Fact]
    public async Task With_a_certificate_it_serves_https()
    {
        using var session = Session();
        using var secret = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", secret, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var own = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        string certificate = session.Write("own.pem", own.ExportCertificatePem()), key = session.Write("own.key", secret.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        string? transport = null, shown = null;
        var asked = session.WhenPrinted(async url =>
        {
            using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, given, _, _) => given!.Thumbprint == own.Thumbprint };
            using var browser = new HttpClient(handler);
            using var answer = await browser.GetAsync(new Uri(shown = url));
            transport = answer.Headers.GetValues("Strict-Transport-Security").Single();
            await session.Interruption.CancelAsync();
        });
        Assert.Equal(ExitCode.Interrupted, session.Run([.. AnyPort, "--certificate", certificate, "--key", key]));
        await asked;
        Assert.StartsWith("https://127.0.0.1:", shown);
        Assert.Equal("max-age=31536000", transport);
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Equal(ExitCode.WrongRequest, session.Run([.. AnyPort, "--certificate", certificate, "--key", key]));
        Assert.Contains("chmod 600", session.Error);
    }
}
