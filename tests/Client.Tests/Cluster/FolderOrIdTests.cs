using Sweeps.Client.Shell;
using Sweeps.Grains.Leases;

namespace Sweeps.Client.Tests.Cluster;

public class FolderOrIdTests
{
    [Fact]
    public void What_is_a_folder_and_an_id_is_a_folder_unless_a_server_is_given()
    {
        using var session = new ClusterSession();
        string folder = SmallSweep.RunIn(session.Shell);
        session.Cluster.Add(folder); // no id looks like this, but none need look otherwise

        Assert.Equal(ExitCode.Done, session.Run($"status {folder}"));
        Assert.Contains("12 of 12 finished", session.Out);
        Assert.Equal(ExitCode.Done, session.Run($"resume {folder}"));
        Assert.Contains("is complete already", session.Error);
        Assert.Empty(session.Cluster.Opened);

        Assert.Equal(ExitCode.Done, session.Run($"status {folder} --server postgresql://ada@db/sweeps"));
        Assert.Contains("0 of 10 finished", session.Out);
        Assert.Equal(ExitCode.Done, session.Run($"resume {folder} --server postgresql://ada@db/sweeps"));
        Assert.Contains("goes on; see how with", session.Error);
        Assert.Equal(["postgresql://ada@db/sweeps", "postgresql://ada@db/sweeps"], session.Cluster.Opened);
    }

    [Fact]
    public void What_is_no_folder_is_an_id_if_a_server_is_known()
    {
        using var session = new ClusterSession();
        session.Cluster.Add("drift-17").Take(new LedgerEvent.Pause());

        Assert.Equal(ExitCode.Done, session.Run("resume drift-17"));

        Assert.Equal(LedgerPhase.Running, session.Cluster.Sweeps[0].Seen.Progress.Phase);
        Assert.Equal([session.Cluster.Address], session.Cluster.Opened);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("resume")]
    public void What_is_neither_is_refused_with_both_remedies(string command)
    {
        using var session = new Session();
        Assert.Equal(ExitCode.WrongRequest, session.Run(command, "drift-17"));
        Assert.Equal(
            "'drift-17': there is no such folder; name the folder of a sweep, such as runs/NAME, "
            + "or for a sweep's id its cluster with --server",
            Assert.Single(session.Mistakes));
    }

    [Fact]
    public void Options_of_the_other_meaning_are_refused()
    {
        using var session = new ClusterSession();
        string folder = SmallSweep.RunIn(session.Shell);
        session.Cluster.Add("drift-17");

        Assert.Equal(ExitCode.WrongRequest, session.Run("resume drift-17 --threads 2 --device cpu"));
        Assert.Equal(2, session.Shell.Mistakes.Length);
        Assert.All(session.Shell.Mistakes, mistake => Assert.Contains("is for a folder of this machine", mistake));
        Assert.Equal(ExitCode.WrongRequest, session.Run($"resume {folder} --budget 7"));
        Assert.Contains("--budget is for a sweep on a cluster", session.Sentence);
        Assert.Empty(session.Cluster.Opened);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("resume")]
    public void The_rule_is_in_the_help(string command)
    {
        using var session = new Session();
        session.Run(command, "--help");
        Assert.Contains("what is both is a folder, unless --server is given", session.Out);
    }
}
