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

    public ImmutableArray<CoordinateBlock> Pairs { get; } = [];

    public ImmutableArray<CoordinateBlock> Singles { get; } = [];
}
