using System.Text.Json;
using Sweeps.Client.Shell;
using Sweeps.Fakes;
using Sweeps.Grains.Hosts;

namespace Sweeps.Client.Tests.Cluster;

public class ListTests
{
    private protected virtual ClusterSession NewSession(bool isTerminal = false, int width = 100) => new(isTerminal, width);

    private ClusterSession Busy(bool isTerminal = false, int width = 100)
    {
        var session = NewSession(isTerminal, width);
        var done = session.Cluster.Add("early-1");
        done.Work(9);
        done.Work(1, fail: true);
        done.Stage = DatasetStage.Finished;
        var running = session.Cluster.Add("drift-2", new SweepDemands(7, 3));
        running.Work(4);
        running.Lease("host-1/0", 2);
        running.Lease("host-1/1", 1);
        running.Rate = 0.5;
        session.Cluster.Add("new-3");
        session.Cluster.Silos.Add(new ServerSilo("host-1-a7", "0.1.0", "/data", "working", new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero),
            new(2026, 3, 1, 11, 59, 58, TimeSpan.Zero),
            [new("host-1-a7/0", "cuda:0 (NVIDIA H100)", "drift-2", 1234.5), new("host-1-a7/1", "8 threads", null, null)]));
        session.Cluster.Silos.Add(new ServerSilo("host-2-x1", "0.1.0", "/data", "lost", new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero),
            new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero), [new("host-2-x1/0", "4 threads", null, null)]));
        return session;
    }

    [Fact]
    public void The_table_has_a_row_for_each_sweep_that_goes_on()
    {
        using var session = Busy();

        Assert.Equal(ExitCode.Done, session.Run("list"));

        Assert.Matches(@"id\s+state\s+points\s+failed\s+rate\s+left\s+lanes\s+priority\s+submitted", session.Out);
        Assert.Matches(@"drift-2\s+running\s+4 of 10\s+0\s+30 per min\s+12 s\s+2\s+7\s+2026-03-01T12:00:00Z", session.Out);
        Assert.Matches(@"new-3\s+waiting\s+0 of 10\s+0\s+–\s+–\s+0\s+0\s+2026-03-01T12:00:00Z", session.Out);
        Assert.DoesNotContain("early-1", session.Out);
        Assert.Empty(session.Error);
    }

    [Fact]
    public void With_all_sweeps_that_ended_are_there_too()
    {
        using var session = Busy();
        Assert.Equal(ExitCode.Done, session.Run("list --all"));
        Assert.Matches(@"early-1\s+complete\s+9 of 10\s+1\s", session.Out);
    }

    [Fact]
    public void Json_is_a_list_with_the_names_of_the_interface()
    {
        using var session = Busy();

        session.Run("list --all --json");

        var list = JsonDocument.Parse(session.Out).RootElement;
        Assert.Equal(["new-3", "drift-2", "early-1"], list.EnumerateArray().Select(each => each.GetProperty("id").GetString()));
        Assert.Equal(
            ["id", "state", "spec_hash", "software_version", "points", "points_done", "points_failed", "failure_budget", "chunks",
                "chunks_settled", "chunks_leased", "chunks_waiting", "chunks_quarantined", "points_per_second", "remaining_seconds",
                "lanes", "maximum_lanes", "priority", "only", "submitted_at", "ended_at", "notes"],
            list[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(["waiting", "running", "complete_with_failures"],
            list.EnumerateArray().Select(each => each.GetProperty("state").GetString()));
        Assert.Equal(0.5, list[1].GetProperty("points_per_second").GetDouble());
        Assert.Equal(12, list[1].GetProperty("remaining_seconds").GetDouble());
        Assert.Equal(3, list[1].GetProperty("maximum_lanes").GetInt32());
        Assert.Equal(JsonValueKind.Null, list[0].GetProperty("points_per_second").ValueKind);
        Assert.Equal("2026-03-01T13:30:00Z", list[2].GetProperty("ended_at").GetString());
    }

    [Fact]
    public void An_empty_cluster_says_so_and_where_to_look()
    {
        using var session = NewSession();
        Assert.Equal(ExitCode.Done, session.Run("list"));
        Assert.Contains("no sweep goes on; for those that ended: sweeps list --all", session.Sentence);
        Assert.Empty(session.Out);
        session.Run("list --silos");
        Assert.Contains("there is no silo", session.Sentence);
        session.Run("list --json");
        Assert.Equal(0, JsonDocument.Parse(session.Out).RootElement.GetArrayLength());
    }

    [Fact]
    public void Silos_have_a_row_for_each_lane_with_its_sweep()
    {
        using var session = Busy();

        Assert.Equal(ExitCode.Done, session.Run("list --silos"));

        Assert.Matches(@"host-1-a7\s+cuda:0 \(NVIDIA H100\)\s+drift-2\s+1 234 per s\s+working\s+2026-03-01T11:59:58Z\s+0\.1\.0\s+/data", session.Out);
        Assert.Matches(@"host-1-a7\s+8 threads\s+–\s+–\s+working", session.Out);
        Assert.Matches(@"host-2-x1\s+4 threads\s+–\s+–\s+lost", session.Out);
        Assert.Contains("1 silo with 2 lanes, 1 at work", session.Error);
    }

    [Fact]
    public void Silos_as_json_have_their_lanes_inside()
    {
        using var session = Busy();
        session.Run("list --silos --json");
        var silo = JsonDocument.Parse(session.Out).RootElement[0];
        Assert.Equal("host-1-a7", silo.GetProperty("silo").GetString());
        Assert.Equal("2026-03-01T11:59:58Z", silo.GetProperty("heard_at").GetString());
        Assert.Equal("drift-2", silo.GetProperty("lanes")[0].GetProperty("sweep").GetString());
        Assert.Equal(1234.5, silo.GetProperty("lanes")[0].GetProperty("points_per_second").GetDouble());
        Assert.Equal(JsonValueKind.Null, silo.GetProperty("lanes")[1].GetProperty("sweep").ValueKind);
        Assert.Equal(JsonValueKind.Null, silo.GetProperty("lanes")[1].GetProperty("points_per_second").ValueKind);
    }

    [Fact]
    public void On_a_narrow_terminal_columns_that_do_not_fit_are_named_instead()
    {
        using var session = Busy(isTerminal: true, width: 70);
        session.Run("list");
        Assert.Contains("30 per min", session.Out);
        Assert.DoesNotContain("2026-03-01", session.Out);
        Assert.Contains("too wide for this terminal: priority, submitted; see them with --json", session.Error);
    }

    [Fact]
    public void What_a_database_says_cannot_steer_the_terminal()
    {
        using var session = NewSession();
        session.Cluster.Silos.Add(new ServerSilo("\u001b[2Jhost", "0.1.0", "/data", "working", default, default, []));
        session.Run("list --silos");
        Assert.DoesNotContain('\u001b', session.Out);
        Assert.Contains("host", session.Out);
    }

    [Fact]
    public void A_server_that_is_gone_ends_with_3_in_one_sentence()
    {
        using var session = Busy();
        session.Cluster.Unanswered = 1;
        Assert.Equal(ExitCode.MachineFailed, session.Shell.Run("list"));
        Assert.Equal($"sweeps: {FakeCluster.Gone}", session.Sentence);
        Assert.Empty(session.Out);
    }
}
