using Sweeps.Compute.Devices;
using Sweeps.Grains.Hosts;
using Sweeps.Silo.Shell;
using static Sweeps.Silo.Tests.Loops.RunningSilo;

namespace Sweeps.Silo.Tests.Loops;

/// <summary>Lanes choose, work, move, and leave.</summary>
public class LaneTests
{
    [Fact]
    public async Task A_lane_works_on_what_is_chosen_and_moves_when_another_is()
    {
        await using var silo = new RunningSilo { Server = { Choose = _ => A } }.Start();
        await silo.Journal.UntilAsync("run a-1 host-1/0");
        silo.Server.Choose = _ => B;

        await silo.AdvanceUntilAsync("run b-2 host-1/0");

        string[] told = [.. silo.Journal.Events.Where(each =>
            each.Contains("a-1", StringComparison.Ordinal) && !each.StartsWith("log", StringComparison.Ordinal))];
        Assert.Equal(["open a-1", "run a-1 host-1/0", "drain a-1", "ran a-1 host-1/0", "close a-1"], told);
        Assert.Contains("log 6: lane 0 finishes what it has begun of a-1, and moves to b-2", silo.Journal.Events);
    }

    [Fact]
    public async Task A_lane_that_is_wanted_where_it_is_or_nowhere_stays()
    {
        await using var silo = new RunningSilo { Server = { Choose = _ => A } }.Start();
        await silo.Journal.UntilAsync("run a-1 host-1/0");
        await silo.AdvanceUntilAsync("choose 0", 4);
        silo.Server.Choose = _ => null;
        await silo.AdvanceUntilAsync("choose 0", 8);

        Assert.DoesNotContain("drain a-1", silo.Journal.Events);
        Assert.Equal(1, silo.Journal.Count("run a-1 host-1/0"));
    }

    [Fact]
    public async Task A_lane_that_works_asks_every_few_seconds_and_within_a_second_of_news()
    {
        await using var silo = new RunningSilo { Server = { Choose = _ => A } }.Start();
        await silo.AdvanceUntilAsync("choose 0", 5);
        Assert.InRange(silo.Time.Now, TimeSpan.FromSeconds(4 * 3), TimeSpan.FromSeconds(4 * 6));

        await silo.Journal.UntilAsync("wait at work", 5);
        var told = silo.Time.Now;
        for (int news = 0; news < 10; news++) silo.Server.Choose = _ => A;
        await silo.AdvanceUntilAsync("choose 0", 6);
        Assert.InRange(silo.Time.Now - told, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));

        await silo.AdvanceUntilAsync("choose 0", 7);
        Assert.True(silo.Time.Now - told >= TimeSpan.FromSeconds(0.5 + 3), $"news were asked about twice: {silo.Time.Now - told}");
    }

    [Fact]
    public async Task A_new_generation_is_another_dataset()
    {
        await using var silo = new RunningSilo { Server = { Choose = _ => A } }.Start();
        await silo.Journal.UntilAsync("run a-1 host-1/0");
        silo.Server.Choose = _ => Sweep(1, "a-1", generation: 2);
        await silo.AdvanceUntilAsync("run a-1 host-1/0", 2);
        Assert.Equal(2, silo.Journal.Count("open a-1"));
    }

    [Fact]
    public async Task Lanes_on_one_sweep_share_its_dataset_and_the_last_one_closes_it()
    {
        await using var silo = new RunningSilo { Devices = ["d0", "d1"], Server = { Choose = _ => A } }.Start();
        await silo.Journal.UntilAsync("run a-1 host-1/0");
        await silo.Journal.UntilAsync("run a-1 host-1/1");
        silo.Server.Choose = lane => lane == 0 ? B : A;
        await silo.AdvanceUntilAsync("run b-2 host-1/0");

        Assert.Equal(1, silo.Journal.Count("open a-1"));
        Assert.DoesNotContain("close a-1", silo.Journal.Events);
        silo.Server.Choose = _ => B;
        await silo.AdvanceUntilAsync("run b-2 host-1/1");
        await silo.Journal.UntilAsync("close a-1");
        Assert.Equal(1, silo.Journal.Count("open b-2"));
    }

    [Fact]
    public async Task A_sweep_that_gives_no_more_is_asked_again_only_after_a_wait()
    {
        await using var silo = new RunningSilo { Server = { Choose = _ => A }, Datasets = { Works = _ => Task.CompletedTask } }.Start();

        await silo.AdvanceUntilAsync("run a-1 host-1/0", 4);

        string lane = string.Concat(silo.Journal.Events.Select(each =>
            each switch { "run a-1 host-1/0" => "R", "choose 0" => "c", _ => "" }));
        // Two questions at least lie between runs: one that got the same sweep again and so waited, and the one that took it.
        Assert.StartsWith("cR", lane);
        Assert.DoesNotContain("RcR", lane);
        Assert.True(silo.Time.Now >= TimeSpan.FromSeconds(1.5), $"three waits of half a second at least took {silo.Time.Now}");
    }

    [Fact]
    public async Task A_sweep_that_cannot_be_worked_on_is_refused_whenever_it_is_offered_and_logged_once()
    {
        await using var silo = new RunningSilo
        {
            Devices = ["d0", "d1"],
            Server = { Choose = _ => A },
            Datasets = { Refuses = sweep => sweep == A ? "another cluster's folder" : null },
        }.Start();
        await silo.AdvanceUntilAsync("choose 0", 5);
        await silo.AdvanceUntilAsync("choose 1", 5);
        silo.Server.Choose = _ => B;
        await silo.AdvanceUntilAsync("run b-2 host-1/0");

        Assert.True(silo.Journal.Count("refuse a-1: another cluster's folder") > 1);
        Assert.Equal(1, silo.Journal.Count("log 7: a-1 is refused: another cluster's folder"));
        Assert.DoesNotContain("run a-1 host-1/0", silo.Journal.Events);
    }

    [Fact]
    public async Task An_error_in_one_sweep_refuses_it_and_the_lane_goes_on_with_others()
    {
        await using var silo = new RunningSilo
        {
            Server = { Choose = _ => A },
            Datasets = { Works = run => run.Sweep == "a-1" ? throw new FormatException("no number") : run.UntilAsync(run.Drain) },
        }.Start();
        await silo.AdvanceUntilAsync("refuse a-1: an error of the program itself (FormatException: no number)");
        silo.Server.Choose = _ => B;
        await silo.AdvanceUntilAsync("run b-2 host-1/0");
    }

    [Fact]
    public async Task A_data_folder_that_is_away_is_told_once_and_tried_with_growing_pauses()
    {
        int left = 4;
        await using var silo = new RunningSilo
        {
            Server = { Choose = _ => A },
            Datasets = { Opens = _ => { if (left-- > 0) throw new IOException("stale handle"); } },
        }.Start();

        await silo.AdvanceUntilAsync("run a-1 host-1/0");
        silo.Drain();
        await silo.AdvanceUntilAsync("log 17: the data folder can be used again");

        Assert.Equal(1, silo.Journal.Count("log 16: the data folder cannot be used: stale handle; it is tried again"));
        Assert.DoesNotContain(silo.Journal.Events, each => each.StartsWith("refuse", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_will_have_a_lane_no_more_is_told_once_and_asked_again_and_the_sweep_is_not_refused()
    {
        const string Denied = "role silo is not permitted to log in";
        await using var silo = new RunningSilo { Server = { Choose = _ => A } };
        silo.Datasets.Works = _ => throw new ServerException(silo.Server.Away = Denied);
        silo.Start();
        await silo.Journal.UntilAsync(events => events.Any(each => each.StartsWith("log 3: ", StringComparison.Ordinal)));
        silo.Datasets.Works = run => run.UntilAsync(run.Drain);
        silo.Server.Away = null;
        await silo.AdvanceUntilAsync("run a-1 host-1/0", 2);

        Assert.Equal(1, silo.Journal.Count($"log 3: the server cannot be had: {Denied}; lanes go on with what they hold, and it is asked again"));
        Assert.Equal(1, silo.Journal.Count("log 4: the server answers again"));
        Assert.DoesNotContain(silo.Journal.Events, each => each.StartsWith("refuse", StringComparison.Ordinal) || each.StartsWith("log 22", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_that_leaves_is_retired_and_the_others_go_on()
    {
        await using var silo = new RunningSilo
        {
            Devices = ["d0", "d1"],
            Server = { Choose = _ => A },
            Datasets = { Works = run => run.Device.Name == "d0" ? throw new DeviceException(DeviceFailure.Lost, "error 719")
                : run.UntilAsync(run.Drain) },
        }.Start();
        await silo.Journal.UntilAsync("log 8: lane 0 (d0) is retired: error 719");
        silo.Retired = 1;
        await silo.Journal.UntilAsync("run a-1 host-1/1");
        int asked = silo.Journal.Count("choose 1");
        await silo.AdvanceUntilAsync("choose 1", asked + 3);

        Assert.Equal(1, silo.Journal.Count("choose 0"));
        Assert.Null(silo.Health.Stuck);
        silo.Drain();
        Assert.Equal(ExitCode.Done, await silo.Life);
    }

    [Fact]
    public async Task Without_its_last_device_the_silo_leaves_and_has_failed()
    {
        await using var silo = new RunningSilo
        {
            Server = { Choose = _ => A },
            Datasets = { Works = _ => throw new DeviceException(DeviceFailure.Lost, "error 719") },
        }.Start();
        Assert.Equal(ExitCode.MachineFailed, await silo.Life);
        Assert.Contains("leave", silo.Journal.Events);
        Assert.Contains("log 20: the last device is gone", silo.Journal.Events);
    }
}
