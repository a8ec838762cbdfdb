using System.Net;
using System.Net.Sockets;
using Sweeps.Client.Shell;

namespace Sweeps.Client.Tests.Commands;

/// <summary>What all options have in common that say where this process serves something.</summary>
public class ListenOptionTests
{
    [Theory]
    [InlineData("--metrics", "metrics cannot be served at ")]
    [InlineData("--dashboard", "the dashboard cannot be served at ")]
    public void An_address_that_is_taken_is_the_machines_fault_and_nothing_is_written(string option, string mistake)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var session = new Session();
        string folder = session.PathOf("dataset");
        string spec = session.Write("small.yaml", SmallSweep.Spec);
        Assert.Equal(ExitCode.MachineFailed, session.Run("run", spec, "--out", folder, option, $"{taken.LocalEndpoint}"));
        Assert.Contains($"{mistake}{taken.LocalEndpoint}: ", Assert.Single(session.Mistakes));
        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData("--metrics")]
    [InlineData("--dashboard")]
    public void For_a_sweep_on_a_cluster_there_is_nothing_to_serve(string option)
    {
        using var session = new Session();
        Assert.Equal(ExitCode.WrongRequest, session.Run("resume", "drift-17", "--server", "postgresql://ada@db/sweeps", option));
        Assert.Contains($"{option} is for a folder of this machine", session.Error);
    }
}
