using Sweeps.Fakes;
using Sweeps.Client.Shell;
using Sweeps.Grains.Hosts;

namespace Sweeps.Client.Tests.Cluster;

public class SubmitTests
{
    private protected virtual ClusterSession NewSession(bool isTerminal = false, int width = 100) => new(isTerminal, width);

    [Fact]
    public void A_submission_prints_the_id_alone_and_says_the_plan_and_what_to_do_next()
    {
        using var session = NewSession();
        string spec = session.Shell.Write("drift.yaml", FakeCluster.SpecText());

        Assert.Equal(ExitCode.Done, session.Run($"submit {spec} --set seed=5 --priority -3 --lanes 2 --only gpu"));

        Assert.Equal("drift-1\n", session.Out.ReplaceLineEndings("\n"));
        Assert.Contains("drift: 10 points in 10 chunks, 50 s of one core predicted", session.Error);
        Assert.Contains("sweeps watch drift-1", session.Error);
        var sweep = Assert.Single(session.Cluster.Sweeps);
        Assert.Equal(new SweepDemands(-3, 2, DeviceDemand.Accelerator), sweep.Demands);
        Assert.Equal(5, sweep.Spec.Seed);
    }

    [Fact]
    public void Nothing_said_means_priority_0_any_lanes_and_any_device()
    {
        using var session = NewSession();
        session.Run($"submit {session.Shell.Write("drift.yaml", FakeCluster.SpecText())}");
        Assert.Equal(new SweepDemands(), Assert.Single(session.Cluster.Sweeps).Demands);
    }

    [Fact]
    public void Mistakes_of_the_spec_and_of_the_server_are_told_at_once_and_nothing_is_opened()
    {
        using var session = NewSession();
        string spec = session.Shell.Write("bad.yaml", "name: bad\nexperiment: fake\nfixed: { width: wide, slop: 1 }\n");

        Assert.Equal(ExitCode.WrongRequest, session.Run($"submit {spec} --server oracle://db"));

        Assert.Equal(3, session.Shell.Mistakes.Length);
        Assert.Contains("did you mean 'slope'?", session.Error);
        Assert.Contains("--server: the address is not one of PostgreSQL", session.Error);
        Assert.Empty(session.Cluster.Opened);
    }

    [Fact]
    public void A_submission_whose_answer_is_lost_is_sent_again_and_is_one_sweep()
    {
        using var session = NewSession();
        session.Cluster.AnswersLost = 3;

        Assert.Equal(ExitCode.Done, session.Run($"submit {session.Shell.Write("drift.yaml", FakeCluster.SpecText())}"));

        Assert.Single(session.Cluster.Sweeps);
        Assert.Equal("drift-1", session.Out.Trim());
        Assert.Single(session.Shell.Mistakes, line => line == $"{FakeCluster.Gone}; trying again for a minute");
    }

    [Fact]
    public void A_submission_without_an_answer_for_a_minute_ends_with_3_and_says_that_it_may_be_there()
    {
        using var session = NewSession();
        session.Cluster.AnswersLost = int.MaxValue;

        Assert.Equal(ExitCode.MachineFailed, session.Run($"submit {session.Shell.Write("drift.yaml", FakeCluster.SpecText())}"));

        Assert.Empty(session.Out);
        Assert.Contains("look with 'sweeps list' before you submit it again", session.Shell.Mistakes[^1]);
        Assert.InRange(session.Clock.Passed, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(65));
    }

    [Fact]
    public void With_watch_the_id_comes_first_and_the_end_decides_the_exit_code()
    {
        using var session = NewSession();
        session.Cluster.Happenings.Enqueue(() => session.Cluster.Sweeps[0].Work(9));
        session.Cluster.Happenings.Enqueue(() => session.Cluster.Sweeps[0].Work(1, fail: true));
        session.Cluster.Happenings.Enqueue(() => session.Cluster.Sweeps[0].Stage = DatasetStage.Finished);

        Assert.Equal(ExitCode.SomePointsFailed, session.Run($"submit {session.Shell.Write("drift.yaml", FakeCluster.SpecText())} --watch"));

        Assert.Equal("drift-1", session.Out.Trim());
        Assert.Contains("drift-1 is complete: 9 rows, 1 point failed", session.Error);
    }
}
