using System.Net;
using System.Net.Sockets;
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
}
