using Sweeps.Fakes;
using System.Text.Json;
using Sweeps.Client.Shell;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Client.Tests.Cluster;

public class StatusTests
{
    private protected virtual ClusterSession NewSession(bool isTerminal = false, int width = 100) => new(isTerminal, width);

    private static readonly DateTimeOffset At = new(2026, 3, 1, 11, 0, 0, TimeSpan.Zero);

    private static void Run(FakeSweep sweep)
    {
        sweep.Work(3);
        sweep.Work(1, fail: true);
        sweep.Lease("host-1/0", 2);
        sweep.Rate = 2;
    }

    private static ServerSilo Silo(string name, string data, string state = "working") => new(name, "0.1.0", data, state, At, At, []);

    [Fact]
    public void A_status_tells_counts_pace_demands_folders_notes_and_evidence()
    {
        using var session = NewSession();
        var sweep = session.Cluster.Add("drift-17", new SweepDemands(5, 8, DeviceDemand.Processor));
        Run(sweep);
        sweep.Notes = ["host-3: no room under /data"];
        sweep.Evidence.Add(new(4, "host-1/0", At, "died", "killed by signal 9\nout of memory"));
        session.Cluster.Silos.AddRange([Silo("a", "/data"), Silo("b", "/data/"), Silo("c", "/scratch"), Silo("d", "/gone", "lost")]);

        Assert.Equal(ExitCode.Done, session.Run("status drift-17"));

        Assert.Equal(
            [
                "sweep        drift-17: fake, measuring height",
                "state        running on 1 lane",
                "points       3 of 10 finished, 1 failed; at most 100 may fail",
                "chunks       4 of 10 settled, 2 leased, 4 waiting, 0 quarantined",
                "rate         2 per s, 3.5 s left",
                "lanes        1 at work, of at most 8, of processors alone",
                "priority     5",
                "submitted    2026-03-01T12:00:00Z, by version 0.1.0",
                "dataset      /data/drift-17",
                "dataset      /scratch/drift-17",
                "note         host-3: no room under /data",
                "evidence     chunk 4 died on host-1/0, 2026-03-01T11:00:00Z: killed by signal 9\uFFFDout of memory",
            ],
            session.Out.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("sweeps watch drift-17", session.Error);
    }

    [Theory]
    [InlineData("waiting for a silo", "waiting")]
    [InlineData("running on 1 lane", "running")]
    [InlineData("paused", "paused")]
    [InlineData("paused; 2 chunks in hand end first", "paused")]
    [InlineData("extending", "extending")]
    [InlineData("merging", "merging")]
    [InlineData("complete", "complete")]
    [InlineData("complete with failures", "complete_with_failures")]
    [InlineData("cancelled", "cancelled")]
    [InlineData("stopped: too many points failed", "stopped")]
    public void Every_state_has_words_and_a_word(string words, string word)
    {
        using var session = NewSession();
        var sweep = session.Cluster.Add("drift-1");
        switch (words)
        {
            case "running on 1 lane":
                sweep.Lease("host-1/0", 2);
                break;
            case "paused":
                sweep.Take(new LedgerEvent.Pause());
                break;
            case "paused; 2 chunks in hand end first":
                sweep.Lease("host-1/0", 2);
                sweep.Take(new LedgerEvent.Pause());
                break;
            case "extending":
                sweep.Stage = DatasetStage.Extending;
                break;
            case "merging":
                sweep.Work(10);
                break;
            case "complete":
                sweep.Work(10);
                sweep.Stage = DatasetStage.Finished;
                break;
            case "complete with failures":
                sweep.Work(9);
                sweep.Work(1, fail: true);
                sweep.Stage = DatasetStage.Finished;
                break;
            case "cancelled":
                sweep.Take(new LedgerEvent.Cancel());
                break;
            case "stopped: too many points failed":
                sweep.Take(new LedgerEvent.Resume(0));
                sweep.Work(1, fail: true);
                break;
        }

        session.Run("status drift-1");
        Assert.Contains($"state        {words}{Environment.NewLine}", session.Out);
        session.Run("status drift-1 --json");
        Assert.Equal(word, JsonDocument.Parse(session.Out).RootElement.GetProperty("state").GetString());
    }

    [Fact]
    public void Json_has_the_folders_and_all_the_evidence_there_is()
    {
        using var session = NewSession();
        var sweep = session.Cluster.Add("drift-17");
        sweep.Evidence.AddRange(Enumerable.Range(0, 12).Select(chunk => new ChunkEvidence(chunk, "host-1/0", At, "failed", "no luck")));
        session.Cluster.Silos.Add(Silo("a", "/data"));

        session.Run("status 17 --json");
        var status = JsonDocument.Parse(session.Out).RootElement;
        Assert.Equal("drift-17", status.GetProperty("id").GetString());
        Assert.Equal("fake", status.GetProperty("experiment").GetString());
        Assert.Equal("/data/drift-17", status.GetProperty("dataset_folders")[0].GetString());
        Assert.Equal(12, status.GetProperty("evidence").GetArrayLength());
        Assert.Equal("2026-03-01T11:00:00Z", status.GetProperty("evidence")[11].GetProperty("at").GetString());

        session.Run("status 17");
        Assert.Equal(10, session.Out.Split('\n').Count(line => line.StartsWith("evidence", StringComparison.Ordinal)));
        Assert.Contains("sweeps status drift-17 --json", session.Error);
    }

    [Fact]
    public void A_sweep_whose_spec_this_version_cannot_read_still_has_a_status()
    {
        using var session = NewSession();
        session.Cluster.Add("drift-17").SpecJson = """{ "experiment": "of-tomorrow" }""";
        Assert.Equal(ExitCode.Done, session.Run("status drift-17"));
        Assert.Contains("drift-17: of a version that this one cannot read", session.Out);
        Assert.Contains("points       0 of 10", session.Out);
    }

    [Theory]
    [InlineData("drfit-17", "did you mean drift-17 or drift-16 or drift-15?")]
    [InlineData("drift-1", "did you mean drift-14 or drift-17 or drift-16?")]
    [InlineData("drift-41", "did you mean drift-14 or drift-17 or drift-16?")]
    [InlineData("drift", "did you mean drift-17 or drift-16 or drift-15?")]
    [InlineData("memroy-2", "did you mean memory-2?")]
    [InlineData("collapse-3", "'sweeps list --all' shows those that there are")]
    public void An_unknown_id_is_refused_with_the_nearest(string id, string remedy)
    {
        using var session = NewSession();
        session.Cluster.Add("memory-2");
        foreach (int number in (int[])[14, 15, 16, 17]) session.Cluster.Add($"drift-{number}");
        foreach (string command in (string[])["status", "resume", "watch", "pause", "cancel"])
        {
            Assert.Equal(ExitCode.WrongRequest, session.Run($"{command} {id}"));
            Assert.Equal($"'{id}': {session.Address} has no such sweep; {remedy}", session.Sentence);
            Assert.Empty(session.Out);
        }
    }
}
