using System.Net;
using System.Net.Sockets;
using Sweeps.Client.Shell;

namespace Sweeps.Client.Tests.Commands;

public class MetricsOptionTests
{
    [Theory]
    [InlineData("9464")]
    [InlineData("127.0.0.1")]
    [InlineData("nowhere:9464")]
    [InlineData("127.0.0.1:99999")]
    [InlineData("small.yaml")]
    public void An_address_that_is_none_is_refused_with_one_sentence_and_nothing_is_written(string address)
    {
        using var session = new Session();
        string folder = session.PathOf("dataset");
        string spec = session.Write("small.yaml", SmallSweep.Spec);
        Assert.Equal(ExitCode.WrongRequest, session.Run("run", spec, "--out", folder, "--metrics", address));
        string mistake = Assert.Single(session.Mistakes);
        Assert.Contains($"--metrics is '{address}', no address to listen on; write one with its port", mistake);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_run_and_its_resumption_say_where_their_metrics_are()
    {
        using var session = new Session();
        string folder = session.PathOf("dataset");
        string spec = session.Write("small.yaml", SmallSweep.Spec);
        Assert.Equal(ExitCode.Done, session.Run("run", spec, "--out", folder, "--metrics", "127.0.0.1:0"));
        Assert.Matches(@"metrics at http://127\.0\.0\.1:[1-9][0-9]*/metrics\n", session.Error);
        Assert.Equal(ExitCode.Done, session.Run("resume", folder, "--metrics", "localhost:0"));
        Assert.Matches(@"metrics at http://127\.0\.0\.1:[1-9][0-9]*/metrics\n", session.Error);
    }

    [Fact]
    public void An_address_that_is_taken_is_the_machines_fault_and_nothing_is_written()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var session = new Session();
        string folder = session.PathOf("dataset");
        string spec = session.Write("small.yaml", SmallSweep.Spec);
        Assert.Equal(ExitCode.MachineFailed, session.Run("run", spec, "--out", folder, "--metrics", $"{taken.LocalEndpoint}"));
        Assert.Contains($"metrics cannot be served at {taken.LocalEndpoint}: ", Assert.Single(session.Mistakes));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void For_a_sweep_on_a_cluster_there_is_nothing_to_serve()
    {
        using var session = new Session();
        Assert.Equal(
            ExitCode.WrongRequest, session.Run("resume", "drift-17", "--server", "postgresql://ada@db/sweeps", "--metrics"));
        Assert.Contains("--metrics is for a folder of this machine", session.Error);
    }
}
