using Sweeps.Client.Shell;
using Sweeps.Fakes;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Client.Tests.Cluster;

public class WatchTests
{
    private static FakeSweep Watched(ClusterSession session, params Action<FakeSweep>[] happenings)
    {
        var sweep = session.Cluster.Add("drift-17");
        foreach (var happening in happenings) session.Cluster.Happenings.Enqueue(() => happening(sweep));
        return sweep;
    }

    private static readonly Action<FakeSweep> Merge = sweep => sweep.Stage = DatasetStage.Finished;

    [Fact]
    public void A_watch_goes_on_through_the_merge_to_the_end_and_ends_with_0()
    {
        using var session = new ClusterSession();
        Watched(session, sweep => sweep.Lease("host-1/0", 1), sweep => sweep.Work(9), sweep => sweep.Take(new LedgerEvent.Pause()),
            sweep => sweep.Take(new LedgerEvent.Resume()), sweep => EndLeases(sweep), Merge);

        Assert.Equal(ExitCode.Done, session.Run("watch drift-17"));

        Assert.StartsWith("0 of 10 points; waiting for a silo", session.Shell.Mistakes[0]);
        Assert.Equal("10 of 10 points; complete", session.Shell.Mistakes[^2]);
        Assert.Equal("drift-17 is complete: 10 rows; 'sweeps status drift-17' says where they are", session.Shell.Mistakes[^1]);
        Assert.Empty(session.Cluster.Happenings);
        Assert.Empty(session.Out);
    }

    private static void EndLeases(FakeSweep sweep)
    {
        foreach (var id in sweep.Leases) sweep.Take(new LedgerEvent.Complete(id, 1, 0));
    }

    [Fact]
    public void What_a_sweep_waits_for_is_told()
    {
        using var session = new ClusterSession();
        Watched(session, sweep => sweep.Work(10), Merge).Notes = ["host-3: no room under /data", "older"];
        Assert.Equal(ExitCode.Done, session.Run("watch drift-17"));
        Assert.Equal("0 of 10 points; waiting for a silo: host-3: no room under /data", session.Shell.Mistakes[0]);
        Assert.Equal("10 of 10 points; complete", session.Shell.Mistakes[^2]);
    }

    [Fact]
    public void Some_failed_points_end_with_1()
    {
        using var session = new ClusterSession();
        Watched(session, sweep => sweep.Work(8), sweep => sweep.Work(2, fail: true), Merge);
        Assert.Equal(ExitCode.SomePointsFailed, session.Run("watch 17"));
        Assert.Equal("drift-17 is complete: 8 rows, 2 points failed; 'sweeps status drift-17' says where they are, and what failed",
            session.Shell.Mistakes[^1]);
    }

    [Fact]
    public void Too_many_failed_points_end_with_1_and_the_way_to_go_on()
    {
        using var session = new ClusterSession();
        Watched(session, sweep => sweep.Take(new LedgerEvent.Resume(1)), sweep => sweep.Work(2, fail: true));
        Assert.Equal(ExitCode.SomePointsFailed, session.Run("watch drift-17"));
        Assert.Contains("drift-17 has stopped: 2 points failed, more than the 1 that may", session.Error);
        Assert.Contains("sweeps resume drift-17 --budget 102", session.Error);
    }

    [Fact]
    public void A_sweep_that_is_cancelled_ends_the_watch_with_1()
    {
        using var session = new ClusterSession();
        Watched(session, sweep => sweep.Work(3), sweep => sweep.Take(new LedgerEvent.Cancel()));
        Assert.Equal(ExitCode.SomePointsFailed, session.Run("watch drift-17"));
        Assert.Contains("drift-17 was cancelled: 3 rows of 10", session.Error);
    }

    [Fact]
    public void A_sweep_that_has_ended_is_told_at_once()
    {
        using var session = new ClusterSession();
        Merge(Watched(session, _ => Assert.Fail("nothing is waited for")));
        session.Cluster.Sweeps[0].Work(10);
        Assert.Equal(ExitCode.Done, session.Run("watch drift-17"));
        Assert.StartsWith("drift-17 is complete", session.Sentence);
    }

    [Fact]
    public void On_a_terminal_a_bar_is_drawn()
    {
        using var session = new ClusterSession(isTerminal: true);
        Watched(session, sweep => sweep.Work(10), Merge);
        Assert.Equal(ExitCode.Done, session.Run("watch drift-17"));
        Assert.Contains('\u001b', session.Error);
        Assert.Contains("10 of 10 points; complete", session.Error);
    }

    [Fact]
    public void Ctrl_C_ends_the_watch_alone_with_130()
    {
        using var session = new ClusterSession();
        var sweep = Watched(session, watched => watched.Work(1), _ => session.Shell.Interruption.Cancel());

        Assert.Equal(ExitCode.Interrupted, session.Run("watch drift-17"));

        Assert.Equal("no longer watching; drift-17 goes on. Look again with: sweeps watch drift-17", session.Shell.Mistakes[^1]);
        Assert.Equal(LedgerPhase.Running, sweep.Seen.Progress.Phase);
    }

    [Fact]
    public void A_server_that_is_gone_for_half_a_minute_is_asked_again()
    {
        using var session = new ClusterSession();
        Watched(session, _ => session.Cluster.Unanswered = 15, sweep => sweep.Work(10), Merge);
        Assert.Equal(ExitCode.Done, session.Run("watch drift-17"));
        Assert.Contains($"0 of 10 points; {FakeCluster.Gone}, trying again", session.Error);
        Assert.InRange(session.Clock.Passed, TimeSpan.FromSeconds(28), TimeSpan.FromSeconds(40));
    }

    [Fact]
    public void A_server_that_is_gone_for_a_minute_ends_the_watch_with_3_and_the_way_to_look_again()
    {
        using var session = new ClusterSession();
        Watched(session, sweep => sweep.Work(4), _ => session.Cluster.Unanswered = int.MaxValue);
        Assert.Equal(ExitCode.MachineFailed, session.Run("watch drift-17"));
        Assert.Equal($"{FakeCluster.Gone}; silos go on without being watched, look again with: sweeps watch drift-17",
            session.Shell.Mistakes[^1]);
        Assert.InRange(session.Clock.Passed, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(66));
    }

    [Fact]
    public void A_server_that_cannot_wait_is_asked_now_and_then()
    {
        using var session = new ClusterSession();
        var sweep = Watched(session);
        int waits = 0;
        for (int i = 0; i < 5; i++)
            session.Cluster.Happenings.Enqueue(() =>
            {
                if (++waits == 5) (sweep.Stage, _) = (DatasetStage.Finished, Work(sweep));
                throw new ServerException("no news can be had; poll", isTransient: true);
            });
        Assert.Equal(ExitCode.Done, session.Run("watch drift-17"));
        Assert.Equal(5, waits);
        Assert.True(session.Clock.Passed >= TimeSpan.FromSeconds(2.5), $"{session.Clock.Passed}");
    }

    private static bool Work(FakeSweep sweep)
    {
        sweep.Work(10);
        return true;
    }
}
