namespace Sweeps.EndToEnd.Cluster;

/// <summary>Silos and the database lost in every way: nothing is lost with them, nothing is doubled.</summary>
[Collection(ClusterTests.Name)]
public sealed class LossTests(ClusterServer server)
{
    [Fact]
    public async Task A_silo_that_is_stopped_in_a_chunk_while_the_sweep_is_extended_puts_nothing_into_the_new_folders()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        var stopped = cluster.StartSilo("--threads", "1", "--lost-after", "2");
        string id = cluster.Submit(ClusterSpec.Usual);
        await cluster.UntilComputingAsync(id);
        stopped.Stop();
        string old = Assert.Single(stopped.Names);

        cluster.StartSilo("--lost-after", "2");
        cluster.Extend(id, ClusterSpec.Larger).Exits(0);
        await cluster.UntilFinishedAsync(id);
        cluster.IsWhole(id, ClusterSpec.Larger, ClusterSpec.LargerPoints);
        string[] files = Files(cluster, id);

        stopped.Continue();
        await stopped.SaysAsync($"{old} was given up by the cluster");
        await stopped.RegistersAnewAsync();
        // What it had in hand has come to its end when it has.
        stopped.Terminate();
        stopped.Wait().Exits(0);
        Assert.Equal(files, Files(cluster, id));
        cluster.IsWhole(id, ClusterSpec.Larger, ClusterSpec.LargerPoints);
        cluster.NoSiloFailed();
    }

    [Fact]
    public async Task A_database_that_is_gone_for_longer_than_a_silo_may_be_silent_costs_no_silo_and_no_chunk_its_life()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        SiloProcess[] silos = [.. Enumerable.Range(0, 2).Select(_ => cluster.StartSilo("--threads", "1", "--lost-after", "4"))];
        string id = cluster.Submit(ClusterSpec.Usual);
        using var watch = cluster.StartSweeps("watch", id);
        await cluster.UntilComputingAsync(id);

        await server.Process.CrashAsync();
        try
        {
            foreach (var silo in silos) await silo.SaysAsync("the server cannot be had");
            Assert.False(silos[0].EndsWithin(TimeSpan.FromSeconds(6)));
        }
        finally
        {
            await server.Process.StartAgainAsync();
        }
        foreach (var silo in silos) await silo.SaysAsync("the server answers again");

        Assert.Contains($"{id} is complete", watch.Wait().Exits(0).Errors, StringComparison.Ordinal);
        Assert.Empty(await cluster.EvidenceAsync(id));
        cluster.IsWhole(id, ClusterSpec.Usual, ClusterSpec.UsualPoints);
        Assert.All(silos, silo => Assert.Single(silo.Names));
        Assert.All(silos, silo => Assert.False(silo.HasExited));
        cluster.NoSiloFailed();
    }

    private static string[] Files(TestCluster cluster, string id) =>
    [
        .. ((string[])["points", "curves", "failures"])
            .SelectMany(table => Directory.GetFiles(Path.Combine(cluster.Folder(id), table))).Order(StringComparer.Ordinal),
    ];
}
