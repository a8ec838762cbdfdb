using Sweeps.Fakes;
using Sweeps.Client.Shell;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Client.Tests.Cluster;

public class RequestTests
{
    private protected virtual ClusterSession NewSession(bool isTerminal = false, int width = 100) => new(isTerminal, width);

    [Fact]
    public void Pause_and_resume_go_there_and_back_and_each_says_what_comes_next()
    {
        using var session = NewSession();
        var sweep = session.Cluster.Add("drift-17");

        Assert.Equal(ExitCode.Done, session.Run("pause drift-17"));
        Assert.Equal(LedgerPhase.Paused, sweep.Seen.Progress.Phase);
        Assert.Contains("sweeps resume drift-17", session.Sentence);
        Assert.Empty(session.Out);

        Assert.Equal(ExitCode.Done, session.Run("resume drift-17"));
        Assert.Equal(LedgerPhase.Running, sweep.Seen.Progress.Phase);
        Assert.Contains("sweeps watch drift-17", session.Sentence);
    }

    [Fact]
    public void A_number_stands_for_the_id_and_begins_no_sentence()
    {
        using var session = NewSession();
        session.Cluster.Add("drift-17");
        Assert.Equal(ExitCode.Done, session.Run("pause 17"));
        Assert.Equal("sweep 17 is paused: chunks in hand end, no others begin; go on with: sweeps resume 17", session.Sentence);
        Assert.Equal(ExitCode.Done, session.Run("cancel 17"));
        Assert.Equal(ExitCode.WrongRequest, session.Run("resume 17"));
        Assert.Equal("sweep 17 was cancelled; submit it again", session.Sentence);
    }

    [Theory]
    [InlineData("pause", "paused")]
    [InlineData("resume", "resumed")]
    [InlineData("cancel", "cancelled")]
    public void A_refusal_of_a_kind_that_users_have_no_hand_in_says_to_ask_again(string command, string asked)
    {
        using var session = NewSession();
        session.Cluster.Add("drift-17").Refuses = Refusal.UnknownLease;
        Assert.Equal(ExitCode.WrongRequest, session.Run($"{command} drift-17"));
        Assert.Equal($"drift-17 is busy and cannot be {asked} at this moment; see why with 'sweeps status drift-17', and ask again",
            session.Sentence);
    }

    [Fact]
    public void Cancel_asks_nothing_and_twice_is_once()
    {
        using var session = NewSession();
        var sweep = session.Cluster.Add("drift-17");
        Assert.Equal(ExitCode.Done, session.Run("cancel drift-17"));
        Assert.Equal(ExitCode.Done, session.Run("cancel drift-17"));
        Assert.Equal(LedgerPhase.Cancelled, sweep.Seen.Progress.Phase);
        Assert.Contains("the rows that it has stay, see: sweeps status drift-17", session.Sentence);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    public void What_was_cancelled_stays_so(string command)
    {
        using var session = NewSession();
        session.Cluster.Add("drift-17").Take(new LedgerEvent.Cancel());
        Assert.Equal(ExitCode.WrongRequest, session.Run($"{command} drift-17"));
        Assert.Equal("drift-17 was cancelled; submit it again", session.Sentence);
    }

    [Theory]
    [InlineData("pause", "paused")]
    [InlineData("resume", "resumed")]
    [InlineData("cancel", "cancelled")]
    public void What_is_complete_is_complete(string command, string asked)
    {
        using var session = NewSession();
        var sweep = session.Cluster.Add("drift-17");
        sweep.Work(10);
        sweep.Stage = DatasetStage.Finished;
        Assert.Equal(ExitCode.WrongRequest, session.Run($"{command} drift-17"));
        Assert.Equal($"drift-17 is complete, and cannot be {asked}; see its dataset with: sweeps status drift-17", session.Sentence);
    }

    [Fact]
    public void Over_its_budget_a_sweep_resumes_with_the_larger_one_that_the_refusal_names()
    {
        using var session = NewSession();
        var sweep = session.Cluster.Add("drift-17");
        sweep.Take(new LedgerEvent.Resume(2));
        sweep.Work(3, fail: true);

        Assert.Equal(ExitCode.WrongRequest, session.Run("pause drift-17"));
        Assert.Contains("too many points failed, and cannot be paused; 'sweeps status drift-17' tells why", session.Sentence);
        Assert.Equal(ExitCode.WrongRequest, session.Run("resume drift-17"));
        Assert.Contains("3 points failed", session.Sentence);
        Assert.Equal(ExitCode.WrongRequest, session.Run("resume drift-17 --budget 2"));
        string remedy = session.Sentence[session.Sentence.IndexOf("sweeps resume", StringComparison.Ordinal)..];
        Assert.Equal("sweeps resume drift-17 --budget 103", remedy);

        Assert.Equal(ExitCode.Done, session.Run(remedy["sweeps ".Length..]));
        Assert.Equal(103, sweep.Seen.FailureBudget);
        Assert.Equal(LedgerPhase.Running, sweep.Seen.Progress.Phase);
    }

    [Theory]
    [InlineData("pause drift-17")]
    [InlineData("resume drift-17")]
    [InlineData("cancel drift-17")]
    [InlineData("status drift-17")]
    [InlineData("watch drift-17")]
    public void A_server_that_goes_away_ends_with_3_and_is_closed(string line)
    {
        using var session = NewSession();
        session.Cluster.Add("drift-17");
        session.Cluster.Happenings.Enqueue(() => Assert.Fail("nothing is waited for"));
        session.Cluster.AfterOpen = () => session.Cluster.Unanswered = int.MaxValue;

        Assert.Equal(ExitCode.MachineFailed, session.Run(line));

        Assert.Contains(FakeCluster.Gone, session.Sentence);
    }
}
