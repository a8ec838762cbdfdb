using Sweeps.Compute.Estimators;

namespace Sweeps.Compute.Experiments.Mixture;

/// <summary>What the runs under the empirical score add up to, by batch. Each batch writes entries of its own.</summary>
/// <param name="branches">Grid indices of the branches, ascending.</param>
internal sealed class MemorisationTally(int[] branches)
{
    private readonly double[][] same = [.. branches.Select(_ => new double[Batches.Count])];

    /// <summary>Grid indices of the branches, ascending.</summary>
    public int[] Branches { get; } = branches;

    /// <summary>Memorised trunk ends of each batch.</summary>
    public double[] Memorised { get; } = new double[Batches.Count];

    /// <summary>Pairs of each batch that ended nearest to the same training point, of the branch at a grid index.</summary>
    public double[] Same(int gridIndex) => same[Array.BinarySearch(Branches, gridIndex)];
}
