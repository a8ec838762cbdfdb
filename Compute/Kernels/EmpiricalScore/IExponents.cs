using System.Runtime.Intrinsics;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>Exponents ℓ of sixteen queries, in units of log 2, data point by data point. A struct, so that the compiler puts its body into the loop.</summary>
internal interface IExponents
{
    /// <summary>ℓ of a point of the tile.</summary>
    Vector512<float> At(int row);

    /// <summary>Receives the weight 2^(ℓ − reference) of a point; may be called twice for one tile, the later call holds.</summary>
    void Take(int row, Vector512<float> weight);
}
