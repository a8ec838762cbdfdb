using Sweeps.Fakes;
using Sweeps.Client.Shell;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Client.Tests.Cluster;

public class ExtendTests
{
    private protected virtual ClusterSession NewSession(bool isTerminal = false, int width = 100) => new(isTerminal, width);

    private static string Spec(ClusterSession session) => session.Shell.Write("drift.yaml", FakeCluster.SpecText());

    [Fact]
    public void A_superset_extends_the_sweep_and_says_by_how_much()
    {
        using var session = NewSession();
        var sweep = session.Cluster.Add("drift-17");

        Assert.Equal(ExitCode.Done, session.Shell.Run("extend", "17", Spec(session), "--set", "kind=[flat, round]"));

        Assert.Equal("drift-17 grows from 10 to 20 points; see how it goes with: sweeps watch drift-17", session.Sentence);
        Assert.Equal(20, sweep.Seen.Points);
        Assert.Equal(DatasetStage.Extending, sweep.Stage);
    }

    [Fact]
    public void The_same_points_are_nothing_to_do()
    {
        using var session = NewSession();
        var sweep = session.Cluster.Add("drift-17");
        Assert.Equal(ExitCode.Done, session.Run($"extend drift-17 {Spec(session)} --set name=other"));
        Assert.Contains("has these points already", session.Sentence);
        Assert.Equal(DatasetStage.Ready, sweep.Stage);
    }

    [Fact]
    public void Another_sweep_is_refused_and_every_difference_named()
    {
        using var session = NewSession();
        session.Cluster.Add("drift-17");
        Assert.Equal(ExitCode.WrongRequest, session.Run($"extend drift-17 {Spec(session)} --set seed=2 --set slope=3"));
        Assert.Equal(
            [
                "drift-17 is another sweep: slope was an axis of 10 values, and is 3 now; submit this one for itself",
                "drift-17 is another sweep: the seed was 0, and is 2 now; submit this one for itself",
            ], session.Shell.Mistakes);
    }

    [Fact]
    public void Somebody_else_may_have_extended_it_in_the_meantime()
    {
        using var session = NewSession();
        var sweep = session.Cluster.Add("drift-17");
        var larger = session.Cluster.Add("wider-18", more: "times: [1]\n").Spec;
        session.Cluster.AfterFind = () => sweep.Extend(sweep.Spec.Hash, larger);

        Assert.Equal(ExitCode.WrongRequest, session.Shell.Run("extend", "drift-17", Spec(session), "--set", "kind=[flat, round]"));

        Assert.Equal("drift-17 has been extended by somebody else since it was looked at; look again with 'sweeps status drift-17'",
            session.Sentence);
        Assert.Same(larger, sweep.Spec);
    }

    [Fact]
    public void A_cancelled_sweep_is_not_extended()
    {
        using var session = NewSession();
        session.Cluster.Add("drift-17").Take(new LedgerEvent.Cancel());
        Assert.Equal(ExitCode.WrongRequest, session.Shell.Run("extend", "drift-17", Spec(session), "--set", "kind=[flat, round]"));
        Assert.Equal("drift-17 was cancelled; submit it again", session.Sentence);
    }

    [Fact]
    public void An_unknown_id_and_a_spec_that_cannot_be_read_are_refused()
    {
        using var session = NewSession();
        session.Cluster.Add("drift-17").SpecJson = "{}";
        Assert.Equal(ExitCode.WrongRequest, session.Run($"extend drift-71 {Spec(session)}"));
        Assert.Contains("has no such sweep; did you mean drift-17?", session.Sentence);
        Assert.Equal(ExitCode.WrongRequest, session.Run($"extend drift-17 {Spec(session)}"));
        Assert.Contains("was submitted by version 0.1.0, and this version cannot read its spec", session.Sentence);
        Assert.Equal(ExitCode.WrongRequest, session.Run("extend drift-17 no-such.yaml"));
        Assert.Contains("no-such.yaml: there is no such file", session.Sentence);
    }
}
