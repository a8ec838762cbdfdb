using System.Diagnostics;
using System.Text.Json;

namespace Sweeps.EndToEnd.Cluster;

/// <summary>A chunk that takes down whatever it runs in.</summary>
[Collection(ClusterTests.Name)]
public sealed class QuarantineTests(ClusterServer server)
{
    [Fact]
    public async Task A_chunk_whose_own_process_is_killed_twice_is_given_up_with_evidence_and_the_sweep_ends_without_its_points()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        // A first silo hands its chunks back, so that they wait.
        var first = cluster.StartSilo("--threads", "2", "--grace", "0.1");
        string id = cluster.Submit(ClusterSpec.Usual);
        await cluster.UntilComputingAsync(id);
        first.Terminate();
        first.Wait().Exits(0);
        // As if its silos had died with it.
        Assert.Equal(1, await cluster.ExecuteAsync("update sweeps.chunk set deaths = 2 where number = 0 and state = 'waiting'"));
        int lost = int.Parse(Assert.Single(await cluster.AskAsync("select points::text from sweeps.chunk where number = 0")), null);

        var silo = cluster.StartSilo("--threads", "2");
        int chunk = await silo.StartsChunkAsync();
        Kill(chunk);
        Kill(await silo.StartsChunkAsync(other: chunk));

        Assert.Contains("failed", cluster.Sweeps("watch", id).Exits(1).Errors, StringComparison.Ordinal);
        var status = cluster.Status(id);
        Assert.Equal("complete_with_failures", status.GetProperty("state").GetString());
        Assert.Equal(1, status.GetProperty("chunks_quarantined").GetInt32());
        Assert.Equal(lost, status.GetProperty("points_failed").GetInt32());
        JsonElement[] evidence = [.. status.GetProperty("evidence").EnumerateArray()];
        Assert.Equal(["quarantined", "died alone", "died alone"], evidence.Select(each => each.GetProperty("what").GetString()));
        Assert.All(evidence, each => Assert.Equal(0, each.GetProperty("chunk").GetInt32()));
        Assert.All(evidence, each => Assert.Contains("ended by SIGKILL", each.GetProperty("cause").GetString(), StringComparison.Ordinal));
        Assert.Contains("chunk 0 quarantined on", cluster.Sweeps("status", id).Exits(0).Output, StringComparison.Ordinal);
        Assert.Equal(
            Enumerable.Range(lost, ClusterSpec.UsualPoints - lost).Select(point => (long)point), Rows.Points(cluster.Folder(id)).Order());

        var folder = JsonDocument.Parse(SweepsProcess.Run("status", cluster.Folder(id), "--json").Exits(0).Output).RootElement;
        JsonElement[] failures = [.. folder.GetProperty("failures").EnumerateArray()];
        Assert.Equal(Enumerable.Range(0, lost), failures.Select(each => each.GetProperty("point").GetInt32()).Order());
        Assert.All(failures, each => Assert.Equal("Quarantined", each.GetProperty("error").GetString()));
        Assert.All(failures, each => Assert.Contains("ended by SIGKILL", each.GetProperty("cause").GetString(), StringComparison.Ordinal));
        cluster.NoSiloFailed();
    }

    private static void Kill(int process)
    {
        using var found = Process.GetProcessById(process);
        found.Kill();
    }
}
