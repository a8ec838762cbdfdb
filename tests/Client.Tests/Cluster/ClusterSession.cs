using Sweeps.Fakes;
using Sweeps.Client.Cluster;

namespace Sweeps.Client.Tests.Cluster;

/// <summary>Command lines beside a cluster in memory, which SWEEPS_SERVER names; straight, or through a dashboard.</summary>
internal sealed class ClusterSession : IDisposable
{
    private readonly DashboardBetween? between;

    public ClusterSession(bool isTerminal = false, int width = 100, bool overHttp = false)
    {
        between = overHttp ? new DashboardBetween(Cluster) : null;
        Shell = new Session
        {
            Cluster = Cluster,
            Servers = between ?? (ISweepServers)Cluster,
            Clock = Clock,
            IsTerminal = isTerminal,
            Width = width,
        };
        Shell.Variables["SWEEPS_SERVER"] = Address;
    }

    public FakeCluster Cluster { get; } = new();

    public HurryingClock Clock { get; } = new();

    public Session Shell { get; }

    /// <summary>Of the server that commands speak to.</summary>
    public string Address => between?.Address ?? Cluster.Address;

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

    public void Dispose()
    {
        between?.Dispose();
        Shell.Dispose();
    }
}
