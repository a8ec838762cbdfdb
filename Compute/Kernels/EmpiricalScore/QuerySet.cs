using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// Noised queries (physics §4): each plants a training point μ*, uniform among n, and carries one standard normal vector z that serves every time.
/// </summary>
internal sealed class QuerySet
{
    /// <param name="training">The training points.</param>
    /// <param name="trainingPoints">n.</param>
    /// <param name="count">Queries, M.</param>
    /// <param name="stream">Stream of the queries; the replica is theirs alone.</param>
    /// <param name="replica">Batch.</param>
    public QuerySet(TrainingPoints training, long trainingPoints, int count, RandomStream stream, uint replica)
    {
        int d = training.Dimension;
        RandomStream indices = stream.At(replica, 0), noise = stream.At(replica, 1);
        ulong groups = (ulong)((d + NormalsSimd.GroupSize - 1) / NormalsSimd.GroupSize);
        Planted = new long[count];
        PlantedPoints = new float[count * (long)d];
        Classes = new float[count];
        Noise = new float[count * (long)d];
        for (int q = 0; q < count; q++)
        {
            var (high, low, _, _) = indices.Words((ulong)q);
            Planted[q] = (long)Math.BigMul(((ulong)high << 32) | low, (ulong)trainingPoints, out _);
            Classes[q] = training.Class(Planted[q]);
            training.Row(Planted[q], PlantedPoints.AsSpan(q * d, d));
            NormalsSimd.Fill(noise, (ulong)q * groups, Noise.AsSpan(q * d, d));
        }
    }

    public int Count => Planted.Length;

    /// <summary>Index μ* of each query's planted point.</summary>
    public long[] Planted { get; }

    /// <summary>Class of each planted point, ±1.</summary>
    public float[] Classes { get; }

    /// <summary>a_{μ*}, [query][d].</summary>
    public float[] PlantedPoints { get; }

    /// <summary>z, [query][d].</summary>
    public float[] Noise { get; }
}
