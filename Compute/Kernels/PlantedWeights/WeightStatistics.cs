namespace Sweeps.Compute.Kernels.PlantedWeights;

/// <summary>
/// Sums over queries, per time, of what the softmax weights of the empirical score say (physics §4): the log-sum <c>ln Σ_μ e^{ℓ_μ} + ½|z|²</c>, the
/// participation Σ w², the largest weight, and the weight of the planted point.
/// </summary>
internal sealed class WeightStatistics(int times)
{
    public double[] LogSum { get; } = new double[times];

    public double[] Participation { get; } = new double[times];

    public double[] LargestWeight { get; } = new double[times];

    public double[] PlantedWeight { get; } = new double[times];

    /// <summary>Adds one query at one time.</summary>
    public void Add(int time, double logSum, double participation, double largestWeight)
    {
        LogSum[time] += logSum;
        Participation[time] += participation;
        LargestWeight[time] += largestWeight;
        // ℓ of the planted point is −½|z|² exactly, so its weight is e^{−logSum}.
        PlantedWeight[time] += Math.Exp(-logSum);
    }

    /// <summary>The statistics of a range of times.</summary>
    public WeightStatistics Slice(int first, int count)
    {
        var slice = new WeightStatistics(count);
        LogSum.AsSpan(first, count).CopyTo(slice.LogSum);
        Participation.AsSpan(first, count).CopyTo(slice.Participation);
        LargestWeight.AsSpan(first, count).CopyTo(slice.LargestWeight);
        PlantedWeight.AsSpan(first, count).CopyTo(slice.PlantedWeight);
        return slice;
    }
}
