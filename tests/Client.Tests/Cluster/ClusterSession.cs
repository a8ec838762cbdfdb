using Sweeps.Fakes;
namespace Sweeps.Client.Tests.Cluster;

/// <summary>Command lines beside a cluster in memory, which SWEEPS_SERVER names.</summary>
internal sealed class ClusterSession : IDisposable
{
    public ClusterSession(bool isTerminal = false, int width = 100)
    {
        Shell = new Session { Cluster = Cluster, Clock = Clock, IsTerminal = isTerminal, Width = width };
        Shell.Variables["SWEEPS_SERVER"] = Cluster.Address;
    }

    public FakeCluster Cluster { get; } = new();

    public HurryingClock Clock { get; } = new();

    public Session Shell { get; }

    public string Out => Shell.Out;

    public string Error => Shell.Error;

    /// <summary>The only line of talk.</summary>
    public string Sentence => Assert.Single(Shell.Mistakes);

    /// <summary>Runs a command line, words parted by blanks.</summary>
    public int Run(string line)
    {
        int code = Shell.Run(line.Split(' '));
        Assert.Equal(Cluster.Opened.Count, Cluster.Closed);
        return code;
    }

    public void Dispose() => Shell.Dispose();
}
