using Sweeps.Compute.Kernels.EmpiricalScore;

namespace Sweeps.Compute.Kernels.PlantedWeights;

/// <summary>
/// Queries as they go to a device: rows of their planted points, then rows of their noise, each filled up to the stride with zeroes.
/// </summary>
internal sealed class PlantedBatch
{
    /// <param name="set">The queries.</param>
    /// <param name="first">The first of the batch.</param>
    /// <param name="count">How many.</param>
    public PlantedBatch(PlantedQueries set, int first, int count)
    {
        (Dimension, Stride) = (set.Dimension, StrideOf(count));
        int stride = PointPanelDevice.Stride(Dimension);
        Rows = new float[2L * Stride * stride];
        Classes = new float[Stride];
        for (int q = 0; q < count; q++)
        {
            set.Centred(first + q).CopyTo(Rows.AsSpan(q * stride));
            set.Noise(first + q).CopyTo(Rows.AsSpan((Stride + q) * stride));
            Classes[q] = set.Classes[first + q];
        }
    }

    public int Dimension { get; }

    /// <summary>Places for queries, those beyond the batch included.</summary>
    public int Stride { get; }

    /// <summary>[2][<see cref="Stride"/>][<see cref="PointPanelDevice.Stride"/>].</summary>
    public float[] Rows { get; }

    /// <summary>[<see cref="Stride"/>]: class of each planted point, ±1; 0 beyond the batch.</summary>
    public float[] Classes { get; }

    public static int StrideOf(int count) => (count + 3) / 4 * 4;
}
