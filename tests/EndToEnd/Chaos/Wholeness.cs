using Sweeps.EndToEnd.Cluster;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>What is asserted after every scenario.</summary>
internal static class Wholeness
{
    /// <summary>Nothing lost, nothing doubled, nothing given up, and no silo met an error of the program itself.</summary>
    public static void IsWhole(this TestCluster cluster, string id, ChaosSweep sweep)
    {
        var status = cluster.Status(id);
        Assert.Equal("complete", status.GetProperty("state").GetString());
        Assert.Equal(0, status.GetProperty("chunks_quarantined").GetInt32());
        Assert.Equal(0, status.GetProperty("points_failed").GetInt32());
        cluster.IsWhole(id, sweep.Yaml, sweep.Points);
        cluster.NoSiloFailed();
    }
}
