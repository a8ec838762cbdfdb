using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.EndToEnd.Cluster;

/// <summary>What users ask of sweeps that go on.</summary>
[Collection(ClusterTests.Name)]
public sealed class RequestTests(ClusterServer server)
{
    [Fact]
    public async Task A_sweep_that_is_extended_on_its_way_has_the_rows_of_the_larger_one()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        cluster.StartSilo("--threads", "2");
        string id = cluster.Submit(ClusterSpec.Usual);
        await cluster.UntilComputingAsync(id);

        var extended = cluster.Extend(id, ClusterSpec.Larger).Exits(0);
        Assert.Contains($"{id} grows from 52 to 60 points", extended.Errors, StringComparison.Ordinal);
        Assert.Contains($"{id} is complete: 60 rows", cluster.Sweeps("watch", id).Exits(0).Errors, StringComparison.Ordinal);
        cluster.IsWhole(id, ClusterSpec.Larger, ClusterSpec.LargerPoints);
        Assert.Empty(await cluster.EvidenceAsync(id));
        Assert.Contains("is another sweep", cluster.Extend(id, ClusterSpec.Brief).Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("is complete, and cannot be paused", cluster.Sweeps("pause", id).Exits(2).Errors, StringComparison.Ordinal);
        cluster.NoSiloFailed();
    }

    [Fact]
    public async Task A_paused_sweep_lets_its_lane_go_when_chunks_in_hand_have_ended_and_goes_on_when_it_is_resumed()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        cluster.StartSilo("--threads", "1");
        string id = cluster.Submit(ClusterSpec.Longer);
        await cluster.UntilComputingAsync(id);

        Assert.Contains($"{id} is paused", cluster.Sweeps("pause", id).Exits(0).Errors, StringComparison.Ordinal);
        await LaneIsFreeAsync(cluster);
        var status = cluster.Status(id);
        Assert.Equal("paused", status.GetProperty("state").GetString());
        Assert.Equal(0, status.GetProperty("chunks_leased").GetInt32());
        Assert.InRange(status.GetProperty("chunks_settled").GetInt32(), 1, 5);
        Assert.NotEmpty(Rows.Points(cluster.Folder(id)));

        Assert.Contains($"{id} goes on", cluster.Sweeps("resume", id).Exits(0).Errors, StringComparison.Ordinal);
        await cluster.UntilComputingAsync(id);
        cluster.Sweeps("cancel", id).Exits(0);
        Assert.Empty(await cluster.EvidenceAsync(id));
        cluster.NoSiloFailed();
    }

    [Fact]
    public async Task A_lane_leaves_a_sweep_for_a_more_urgent_one_and_goes_back_and_a_cancelled_one_lets_it_go()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        var silo = cluster.StartSilo("--threads", "2");
        string usual = cluster.Submit(ClusterSpec.Longer);
        await cluster.UntilComputingAsync(usual);

        string urgent = cluster.Submit(ClusterSpec.Brief, "--priority", "10");
        await cluster.UntilFinishedAsync(urgent);
        cluster.IsWhole(urgent, ClusterSpec.Brief, ClusterSpec.BriefPoints);
        Assert.Equal(LedgerPhase.Running, (await cluster.FindAsync(usual)).Progress.Phase);
        Assert.Contains($"and moves to {urgent}", silo.Errors, StringComparison.Ordinal);
        await ClusterDeadline.MeetAsync(
            async () => (await LanesAsync(cluster)).Any(lane => lane.Sweep == usual), () => $"the lane does not go back:\n{silo.Errors}");
        await cluster.UntilComputingAsync(usual);

        Assert.Contains($"{usual} is cancelled", cluster.Sweeps("cancel", usual).Exits(0).Errors, StringComparison.Ordinal);
        await LaneIsFreeAsync(cluster);
        Assert.Equal("cancelled", cluster.Status(usual).GetProperty("state").GetString());
        Assert.Contains($"{usual} was cancelled", cluster.Sweeps("watch", usual).Exits(1).Errors, StringComparison.Ordinal);
        long[] points = Rows.Points(cluster.Folder(usual));
        Assert.Equal(points.Length, points.Distinct().Count());
        Assert.Equal(2, cluster.Sweeps("resume", usual).ExitCode);
        Assert.Empty(await cluster.EvidenceAsync(usual));
        cluster.NoSiloFailed();
    }

    [Fact]
    public async Task A_cap_on_lanes_is_kept_and_a_sweep_for_GPUs_waits_for_one_and_says_so()
    {
        await using var cluster = await TestCluster.StartAsync(server);
        foreach (int _ in Enumerable.Range(0, 2)) cluster.StartSilo("--threads", "1");
        string forGpu = cluster.Submit(ClusterSpec.Brief, "--only", "gpu");
        string capped = cluster.Submit(ClusterSpec.Usual, "--lanes", "1");
        await cluster.UntilComputingAsync(capped);
        int most = 0;
        await cluster.UntilAsync(
            capped,
            sweep =>
            {
                most = Math.Max(most, sweep.Lanes);
                return sweep.Progress.Phase is LedgerPhase.Completed;
            },
            "the sweep does not end");
        Assert.Equal(1, most);
        Assert.Equal(1, cluster.Status(capped).GetProperty("maximum_lanes").GetInt32());

        var status = cluster.Status(forGpu);
        Assert.Equal("waiting", status.GetProperty("state").GetString());
        Assert.Equal("gpu", status.GetProperty("only").GetString());
        Assert.Equal(0, status.GetProperty("points_done").GetInt32());
        string? note = Assert.Single(status.GetProperty("notes").EnumerateArray()).GetString();
        Assert.Equal("no silo here has a GPU, and it was submitted for GPUs alone", note);
        cluster.NoSiloFailed();
    }

    private static async Task<ServerLane[]> LanesAsync(TestCluster cluster) =>
        [.. (await cluster.Server.SilosAsync(CancellationToken.None)).SelectMany(silo => silo.Lanes)];

    private static Task LaneIsFreeAsync(TestCluster cluster) => ClusterDeadline.MeetAsync(
        async () => (await LanesAsync(cluster)).All(lane => lane.Sweep is null), () => "the lane does not leave the sweep");
}
