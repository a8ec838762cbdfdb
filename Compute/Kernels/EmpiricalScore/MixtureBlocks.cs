using System.Collections.Immutable;
using Sweeps.Compute.Models;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>The blocks of all coordinates, pairs apart from single ones; both empty for U = I, where every coordinate is alike.</summary>
internal sealed class MixtureBlocks
{
    public MixtureBlocks(GaussianMixture mixture)
    {
        if (mixture.IsIsotropic) return;
        Pairs = [.. mixture.AllBlocks.Where(block => block.IsPair)];
        Singles = [.. mixture.AllBlocks.Where(block => !block.IsPair)];
    }

    private MixtureBlocks(ImmutableArray<CoordinateBlock> singles) => Singles = singles;

    public ImmutableArray<CoordinateBlock> Pairs { get; } = [];

    public ImmutableArray<CoordinateBlock> Singles { get; } = [];

    /// <summary>d single coordinates with U = I. The mode is no part of the blocks: it comes with the training points.</summary>
    public static MixtureBlocks Isotropic(int dimension) =>
        new([.. Enumerable.Range(0, dimension).Select(i => CoordinateBlock.Alone(i, 1, 0))]);
}
