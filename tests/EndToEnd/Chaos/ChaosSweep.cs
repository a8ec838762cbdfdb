using Sweeps.EndToEnd.Cluster;

namespace Sweeps.EndToEnd.Chaos;

/// <summary>A sweep in chunks of about five seconds of one core, as long as a scenario needs it.</summary>
/// <param name="Yaml">Its spec.</param>
/// <param name="Points">How many it has.</param>
internal sealed record ChaosSweep(string Yaml, int Points)
{
    private const int Drifts = 10, SeparationsPerChunk = 2;

    /// <summary>Three chunks; the cluster's other tests have it too, so the rows of its local run are there already.</summary>
    public static readonly ChaosSweep Usual = new(ClusterSpec.Usual, ClusterSpec.UsualPoints);

    /// <summary>Six chunks, likewise.</summary>
    public static readonly ChaosSweep Longer = new(ClusterSpec.Longer, ClusterSpec.LongerPoints);

    public static ChaosSweep OfChunks(int chunks) =>
        new(ClusterSpec.Of("chaos", SeparationsPerChunk * chunks, Drifts), SeparationsPerChunk * Drifts * chunks);
}
