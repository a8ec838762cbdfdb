namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>What multiplies in a <see cref="TileProductDevice"/>.</summary>
internal enum ProductUnits
{
    /// <summary>Fused multiply-adds in single precision, each sum in the order of its terms: the bits of a plain loop.</summary>
    Ordinary,

    /// <summary>
    /// Units for small matrices (CUDA, compute capability 8.0 and later), three products of halves for each: an error of about 3e-7 of the
    /// sum of the absolute terms, and no promise of bits.
    /// </summary>
    Tensor,
}
