using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.PlantedWeights;

/// <summary>
/// Noised queries (physics §4): each plants a training point μ*, uniform among n, and carries one standard normal vector z that serves every time.
/// </summary>
internal sealed class PlantedQueries
{
    private readonly float[] centred;
    private readonly float[] noise;

    /// <param name="training">The training points.</param>
    /// <param name="trainingPoints">n.</param>
    /// <param name="count">Queries, M.</param>
    /// <param name="stream">Stream of the queries; the replica is theirs alone.</param>
    /// <param name="replica">Batch.</param>
    public PlantedQueries(TrainingPoints training, long trainingPoints, int count, RandomStream stream, uint replica)
    {
        Dimension = training.Dimension;
        RandomStream indices = stream.At(replica, 0), normals = stream.At(replica, 1);
        ulong groups = (ulong)((Dimension + NormalsSimd.GroupSize - 1) / NormalsSimd.GroupSize);
        Classes = new float[count];
        centred = new float[count * (long)Dimension];
        noise = new float[count * (long)Dimension];
        for (int q = 0; q < count; q++)
        {
            long planted = TrainingPoints.Draw(indices, (ulong)q, trainingPoints);
            Classes[q] = training.Class(planted);
            training.Centred(planted, centred.AsSpan(q * Dimension, Dimension));
            NormalsSimd.Fill(normals, (ulong)q * groups, noise.AsSpan(q * Dimension, Dimension));
        }
    }

    public int Count => Classes.Length;

    public int Dimension { get; }

    /// <summary>Class of each planted point, ±1.</summary>
    public float[] Classes { get; }

    /// <summary>a_{μ*} less its mode's mean: [d].</summary>
    public ReadOnlySpan<float> Centred(int query) => centred.AsSpan(query * Dimension, Dimension);

    /// <summary>z: [d].</summary>
    public ReadOnlySpan<float> Noise(int query) => noise.AsSpan(query * Dimension, Dimension);
}
