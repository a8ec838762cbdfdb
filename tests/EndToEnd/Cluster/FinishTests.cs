namespace Sweeps.EndToEnd.Cluster;

/// <summary>A sweep on silos that nothing happens to.</summary>
[Collection(ClusterTests.Name)]
public sealed class FinishTests(ClusterServer server)
{
    [Fact]
    public async Task Three_silos_give_the_rows_of_a_local_run_and_every_command_knows_the_folder_afterwards()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        foreach (int _ in Enumerable.Range(0, 3)) cluster.StartSilo("--threads", "1");
        string id = cluster.Submit(ClusterSpec.Usual);

        Assert.Contains($"{id} is complete: 52 rows", cluster.Sweeps("watch", id).Exits(0).Errors, StringComparison.Ordinal);

        var status = cluster.Status(id);
        Assert.Equal("complete", status.GetProperty("state").GetString());
        Assert.Equal(ClusterSpec.UsualPoints, status.GetProperty("points_done").GetInt32());
        Assert.Equal(status.GetProperty("chunks").GetInt32(), status.GetProperty("chunks_settled").GetInt32());
        Assert.Equal(0, status.GetProperty("evidence").GetArrayLength());
        Assert.Equal(0, status.GetProperty("notes").GetArrayLength());
        string folder = Assert.Single(status.GetProperty("dataset_folders").EnumerateArray()).GetString()!;
        Assert.Equal(cluster.Folder(id), folder);
        cluster.IsWhole(id, ClusterSpec.Usual, ClusterSpec.UsualPoints);

        Assert.Contains("t_speciation", SweepsProcess.Run("show", folder, "--limit", "3").Exits(0).Output, StringComparison.Ordinal);
        var verified = SweepsProcess.Run("verify", folder, "--points", "2").Exits(0);
        Assert.Contains("every bit is the same", verified.Output, StringComparison.Ordinal);
        Assert.Contains("state        complete", SweepsProcess.Run("status", folder).Exits(0).Output, StringComparison.Ordinal);
        SweepsProcess.Run("resume", folder, "--device", "cpu").Exits(0);
        cluster.IsWhole(id, ClusterSpec.Usual, ClusterSpec.UsualPoints);
        Assert.Contains(id, cluster.Sweeps("list", "--all").Exits(0).Output, StringComparison.Ordinal);
        cluster.NoSiloFailed();
    }
}
