using Sweeps.Silo.Health;
using Sweeps.Silo.Shell;
using static Sweeps.Silo.Tests.Loops.RunningSilo;

namespace Sweeps.Silo.Tests.Loops;

/// <summary>A silo's life as a whole: registered, heard of, drained, given up, without a server.</summary>
public class LifeTests
{
    [Fact]
    public async Task It_announces_itself_and_its_lanes_and_is_heard_of_five_times_in_the_time_after_which_it_counts_as_lost()
    {
        await using var silo = new RunningSilo { Devices = ["d0", "d1"] }.Start();
        await silo.AdvanceUntilAsync("beat", 6);

        Assert.Equal(TimeSpan.FromSeconds(10), silo.Time.Now);
        Assert.InRange(silo.Journal.Count("housekeep"), 10, 11);
        Assert.Equal(["d0", "d1"], silo.Server.Description!.Lanes.Select(lane => lane.Device));
        Assert.Equal(("host", "/data"), (silo.Server.Description.Host, silo.Server.Description.Data));
        Assert.Equal(SiloStage.Ready, silo.Health.Stage);
    }

    [Fact]
    public async Task Drained_it_finishes_what_it_has_begun_and_is_heard_of_meanwhile_and_leaves()
    {
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var silo = new RunningSilo
        {
            Server = { Choose = _ => A },
            Datasets = { Works = _ => finish.Task },
        }.Start();
        await silo.Journal.UntilAsync("run a-1 host-1/0");
        silo.Drain();
        await silo.Journal.UntilAsync("drain a-1");
        Assert.Equal(SiloStage.Draining, silo.Health.Stage);
        await silo.Journal.UntilAsync("beat draining"); // told at once, no time has passed
        Assert.Equal(TimeSpan.Zero, silo.Time.Now);
        silo.WaitingInDrain = 3; // heartbeat, housekeeping, the grace time
        await silo.AdvanceUntilAsync("beat draining", 10);
        silo.WaitingInDrain = int.MaxValue;
        int asked = silo.Journal.Count("choose 0");
        finish.SetResult();

        Assert.Equal(ExitCode.Done, await silo.Life);
        Assert.DoesNotContain("log 10: the grace time is over: chunks that are not whole are handed back", silo.Journal.Events);
        Assert.Equal(asked, silo.Journal.Count("choose 0"));
        Assert.Equal("leave", silo.Journal.Events.Last(each => !each.StartsWith("log", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task When_the_grace_time_is_over_lanes_are_cancelled_and_not_before()
    {
        await using var silo = await BusyUntilCancelledAsync();
        silo.Drain();
        await silo.Time.UntilArmedAsync(TimeSpan.FromSeconds(30));
        silo.Time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.DoesNotContain("cancel a-1", silo.Journal.Events);
        silo.Time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(ExitCode.Done, await silo.Life);
        Assert.Contains("cancel a-1", silo.Journal.Events);
        Assert.Contains("log 10: the grace time is over: chunks that are not whole are handed back", silo.Journal.Events);
        Assert.Contains("leave", silo.Journal.Events);
    }

    [Fact]
    public async Task A_lane_that_does_not_end_is_left_behind()
    {
        var never = new TaskCompletionSource();
        await using var silo = new RunningSilo { Server = { Choose = _ => A }, Datasets = { Works = _ => never.Task } }.Start();
        await silo.Journal.UntilAsync("run a-1 host-1/0");
        silo.WaitingInDrain = 3;
        silo.Drain();

        Assert.Equal(ExitCode.MachineFailed, await silo.EndAsync());
        Assert.Contains(silo.Journal.Events, each => each.StartsWith("log 21: a lane does not come to its end", StringComparison.Ordinal));
        Assert.DoesNotContain("leave", silo.Journal.Events);
        never.SetResult();
    }

    [Fact]
    public async Task Given_up_by_the_cluster_it_drops_its_lanes_and_registers_anew_under_another_name()
    {
        await using var silo = await BusyUntilCancelledAsync();
        silo.Server.IsKnown = false;
        await silo.AdvanceUntilAsync("run a-1 host-2/0");

        string[] told = [.. silo.Journal.Events.Where(each =>
            each.StartsWith("register", StringComparison.Ordinal) || each.Contains("a-1", StringComparison.Ordinal))
            .Where(each => !each.StartsWith("log", StringComparison.Ordinal))];
        Assert.Equal(
            ["register host-1", "open a-1", "run a-1 host-1/0", "cancel a-1", "ran a-1 host-1/0", "close a-1",
                "register host-2", "open a-1", "run a-1 host-2/0"],
            told);
        Assert.Equal(SiloStage.Ready, silo.Health.Stage);
        Assert.DoesNotContain("drain a-1", told);
    }

    [Fact]
    public async Task Given_up_again_and_again_it_watches_no_more_loops_than_at_first()
    {
        await using var silo = await BusyUntilCancelledAsync();
        string[] first = [.. silo.Health.Watched.Order()];
        Assert.Equal(["dataset jobs", "dataset term", "heartbeat", "housekeeping", "lane 0"], first);
        for (int life = 2; life <= 4; life++)
        {
            silo.Server.IsKnown = false;
            await silo.AdvanceUntilAsync(FormattableString.Invariant($"run a-1 host-{life}/0"));
        }
        Assert.Equal(first, silo.Health.Watched.Order());
        silo.WaitingInDrain = 3;
        silo.Drain();
        Assert.Equal(ExitCode.Done, await silo.EndAsync());
        Assert.Empty(silo.Health.Watched);
    }

    [Fact]
    public async Task Given_up_while_it_drains_it_has_nobody_to_take_leave_of()
    {
        await using var silo = await BusyUntilCancelledAsync();
        silo.Server.IsKnown = false;
        silo.Drain();

        Assert.Equal(ExitCode.Done, await silo.Life);
        Assert.Equal(1, silo.Journal.Events.Count(each => each.StartsWith("register", StringComparison.Ordinal)));
        Assert.DoesNotContain("leave", silo.Journal.Events);
    }

    [Fact]
    public async Task An_outage_is_told_once_at_its_beginning_and_end_and_lanes_go_on()
    {
        await using var silo = new RunningSilo { Server = { Choose = _ => A } }.Start();
        await silo.Journal.UntilAsync("run a-1 host-1/0");
        silo.Server.Away = "nobody listens at db:5432";
        await silo.AdvanceUntilAsync(events => events.Any(each => each.StartsWith(
            "log 3: the server cannot be had: nobody listens at db:5432;", StringComparison.Ordinal)));
        for (int second = 0; second < 60; second++) silo.Time.Advance(TimeSpan.FromSeconds(1));
        silo.Server.Away = null;
        await silo.AdvanceUntilAsync("log 4: the server answers again");

        Assert.Equal(1, silo.Journal.Events.Count(each => each.StartsWith("log 3", StringComparison.Ordinal)));
        Assert.Equal(1, silo.Journal.Count("run a-1 host-1/0"));
        Assert.DoesNotContain("cancel a-1", silo.Journal.Events);
        Assert.DoesNotContain("drain a-1", silo.Journal.Events);
    }

    [Fact]
    public async Task An_error_of_the_program_in_one_loop_stops_them_all_and_is_not_hidden()
    {
        var silo = await BusyUntilCancelledAsync();
        silo.Server.Housekeeps = () => throw new FormatException("a bug");
        await Assert.ThrowsAsync<FormatException>(silo.EndAsync);
        Assert.Contains("ran a-1 host-1/0", silo.Journal.Events);
    }

    [Fact]
    public async Task Told_to_end_before_it_was_heard_it_has_begun_nothing()
    {
        await using var silo = new RunningSilo { Server = { Away = "no route" } }.Start();
        await silo.Journal.UntilAsync(events => events.Any(each => each.StartsWith("log 3", StringComparison.Ordinal)));
        silo.Drain();
        Assert.Equal(ExitCode.Interrupted, await silo.Life);
    }

    [Fact]
    public async Task A_leave_that_is_not_heard_is_told_and_the_silo_ends_all_the_same()
    {
        await using var silo = new RunningSilo { Server = { Choose = _ => A } }.Start();
        await silo.Journal.UntilAsync("run a-1 host-1/0");
        silo.Server.Away = "no route";
        silo.Drain();
        Assert.Equal(ExitCode.Done, await silo.Life);
        Assert.Contains("log 19: host-1 could not take its leave: no route; what it holds is others' when it expires", silo.Journal.Events);
    }

    [Fact]
    public async Task Without_work_for_long_enough_it_ends_by_itself()
    {
        await using var silo = new RunningSilo
        {
            Timing = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(25)),
        }.Start();
        Assert.Equal(ExitCode.Done, await silo.EndAsync());
        Assert.InRange(silo.Time.Now, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(30));
        Assert.Contains("log 9: draining (idle): begun chunks have 30 s to finish", silo.Journal.Events);
        Assert.Contains("leave", silo.Journal.Events);
    }

    [Fact]
    public async Task Memory_is_given_back_after_work()
    {
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var silo = new RunningSilo { Server = { Choose = _ => A }, Datasets = { Works = _ => finish.Task } }.Start();
        await silo.Journal.UntilAsync("run a-1 host-1/0");
        await silo.AdvanceUntilAsync("beat", 30);
        Assert.DoesNotContain("memory given back", silo.Journal.Events);

        silo.Server.Choose = _ => null;
        finish.SetResult();
        await silo.AdvanceUntilAsync("memory given back");
    }

    [Fact]
    public async Task Idleness_counts_from_the_end_of_work()
    {
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var silo = new RunningSilo
        {
            Timing = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(25)),
            Server = { Choose = _ => A },
            Datasets = { Works = _ => finish.Task },
        }.Start();
        await silo.Journal.UntilAsync("run a-1 host-1/0");
        await silo.AdvanceUntilAsync("beat", 30); // a minute, three times what is allowed
        Assert.DoesNotContain("drain a-1", silo.Journal.Events);
        silo.Server.Choose = _ => null;
        finish.SetResult();
        await silo.Journal.UntilAsync("close a-1");
        var ended = silo.Time.Now;
        await silo.EndAsync();
        Assert.InRange(silo.Time.Now - ended, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(30));
    }

    /// <summary>A silo whose lane has begun on a sweep, and ends when it is cancelled alone.</summary>
    private static async Task<RunningSilo> BusyUntilCancelledAsync()
    {
        var silo = new RunningSilo { Server = { Choose = _ => A }, Datasets = { Works = run => run.UntilAsync(run.Cancel) } }.Start();
        await silo.Journal.UntilAsync("run a-1 host-1/0");
        return silo;
    }
}
