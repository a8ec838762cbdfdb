namespace Sweeps.EndToEnd.Cluster;

/// <summary>SIGTERM: a silo finishes what it has begun, as far as the grace time goes, and hands back the rest.</summary>
[Collection(ClusterTests.Name)]
public sealed class DrainTests(ClusterServer server)
{
    [Fact]
    public async Task A_silo_told_to_end_finishes_what_it_has_begun_or_hands_it_back_and_the_next_goes_on()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        var patient = cluster.StartSilo("--threads", "2", "--grace", "200");
        string id = cluster.Submit(ClusterSpec.Longer);
        await cluster.UntilComputingAsync(id);
        patient.Terminate();
        var outcome = patient.Wait().Exits(0);
        Assert.DoesNotContain("the grace time is over", outcome.Errors, StringComparison.Ordinal);
        var status = cluster.Status(id);
        Assert.Equal("waiting", status.GetProperty("state").GetString());
        Assert.Equal(0, status.GetProperty("chunks_leased").GetInt32());
        int settled = status.GetProperty("chunks_settled").GetInt32();
        Assert.InRange(settled, 1, 5);
        Assert.Equal(0, status.GetProperty("evidence").GetArrayLength());

        var hurried = cluster.StartSilo("--threads", "2", "--grace", "0.1");
        await cluster.UntilComputingAsync(id);
        hurried.Terminate();
        outcome = hurried.Wait().Exits(0);
        Assert.Contains("the grace time is over", outcome.Errors, StringComparison.Ordinal);
        status = cluster.Status(id);
        Assert.Equal(0, status.GetProperty("chunks_leased").GetInt32());
        Assert.Equal(settled, status.GetProperty("chunks_settled").GetInt32());
        Assert.Equal(status.GetProperty("chunks").GetInt32() - settled, status.GetProperty("chunks_waiting").GetInt32());
        Assert.Equal(0, status.GetProperty("evidence").GetArrayLength());
        Assert.Empty(await cluster.Server.SilosAsync(CancellationToken.None));

        cluster.StartSilo("--threads", "2");
        await cluster.UntilFinishedAsync(id);
        cluster.IsWhole(id, ClusterSpec.Longer, ClusterSpec.LongerPoints);
        Assert.Empty(await cluster.EvidenceAsync(id));
        cluster.NoSiloFailed();
    }
}
