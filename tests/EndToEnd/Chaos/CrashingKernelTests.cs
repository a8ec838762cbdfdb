using Sweeps.EndToEnd.Cluster;
using Sweeps.Grains.Datasets;
using Xunit.Abstractions;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>Whatever begins with one of the chunks is crashed by native code in it, on every machine: real deaths only.</summary>
[Collection(ClusterTests.Name)]
public sealed class CrashingKernelTests(ClusterServer server, ITestOutputHelper output)
{
    private const int Silos = 3;

    private readonly RecoveryReport report = new(output);

    [Fact]
    public Task A_chunk_that_crashes_by_a_bad_access_is_given_up_and_every_other_row_is_right() =>
        CrashAsync(CrashingCode.BadAccess, "SIGSEGV", ClusterSpec.Usual, ClusterSpec.UsualPoints);

    [ThoroughFact]
    public Task A_chunk_that_aborts_is_given_up_and_every_other_row_is_right_also_of_a_longer_sweep() =>
        CrashAsync(CrashingCode.Abort, "SIGABRT", ClusterSpec.Longer, ClusterSpec.LongerPoints);

    private async Task CrashAsync(string crash, string signal, string yaml, int points)
    {
        await using var cluster = await TestCluster.StartAsync(server);
        // The second chunk begins where the first ends: a silo without the code says where.
        var first = cluster.StartSilo("--threads", "1", "--grace", "0.1");
        string id = cluster.Submit(yaml);
        await cluster.UntilComputingAsync(id);
        first.Terminate();
        first.Wait().Exits(0);
        string[] sizes = await cluster.AskAsync("select points::text from sweeps.chunk where number <= 1 order by number");
        Assert.Equal(2, sizes.Length);
        int from = int.Parse(sizes[0], null), lost = int.Parse(sizes[1], null);
        string[] crashing = CrashingCode.Around(cluster.Data, DatasetFolder.PartName(from), crash);

        SiloProcess Start() => cluster.StartSiloUnder(crashing, null, "--threads", "1", "--lost-after", ChaosScale.LostAfter(2));
        SiloProcess[] silos = [.. Enumerable.Range(0, Silos).Select(_ => Start())];
        int deaths = 0;
        long since = TimeProvider.System.GetTimestamp();
        TimeSpan? quarantined = null;
        var last = await cluster.UntilAsync(
            id,
            sweep =>
            {
                // As a service manager does.
                foreach (int dead in Enumerable.Range(0, Silos).Where(silo => silos[silo].HasExited))
                {
                    deaths++;
                    silos[dead] = Start();
                }
                if (sweep.Progress.Quarantined > 0) quarantined ??= TimeProvider.System.GetElapsedTime(since);
                return sweep.Stage is Grains.Hosts.DatasetStage.Finished;
            },
            "the sweep does not end");
        report.Say(
            $"a chunk crashes its process by {signal} (--lost-after {ChaosScale.LostAfter(2)} s)", "from the silos' start until it is quarantined",
            [quarantined!.Value]);

        Assert.Equal(1, last.Progress.Quarantined);
        // Twice among others; what was in hand then may have run alone since, but alone no silo dies.
        Assert.Equal(2, deaths);
        var evidence = await cluster.EvidenceAsync(id);
        Assert.Equal(
            ["died alone", "died alone", "expired", "expired", "quarantined"],
            evidence.Where(each => each.Chunk == 1).Select(each => each.What).Order(StringComparer.Ordinal));
        Assert.All(
            evidence.Where(each => each.Chunk == 1 && each.What != "expired"),
            each => Assert.Contains($"its process was ended by {signal}", each.Cause, StringComparison.Ordinal));
        Assert.All(evidence.Where(each => each.Chunk != 1), each => Assert.Equal("expired", each.What));

        // Every other point has its row, once, with the bits of an undisturbed run.
        long[] others = [.. Enumerable.Range(0, points).Select(point => (long)point).Where(point => point < from || point >= from + lost)];
        Assert.Equal(others, Rows.Points(cluster.Folder(id)).Order());
        using var work = new Workplace();
        SweepsProcess.Run("run", work.Spec("spec.yaml", yaml), "--device", "cpu", "--out", work["local"]).Exits(0);
        Assert.Equal(
            Rows.Lines(work["local"], point => point < from || point >= from + lost), Rows.Lines(cluster.Folder(id), static _ => true));
        var failed = cluster.Status(id);
        Assert.Equal(lost, failed.GetProperty("points_failed").GetInt32());
        cluster.NoSiloFailed();
    }
}
