using System.Runtime.Intrinsics;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>What <see cref="SoftmaxLanes"/> took in with one tile.</summary>
/// <param name="Sum">Σ w over the tile's points.</param>
/// <param name="Top">Largest ℓ − r in the tile.</param>
/// <param name="TopBefore">Largest ℓ − r of the earlier tiles.</param>
/// <param name="Scale">What sums of earlier weights must be multiplied by, 1 unless the reference moved.</param>
/// <param name="Reference">r, log-2 units.</param>
/// <param name="IsRescaled">Whether the reference moved.</param>
internal readonly record struct SoftmaxTile(
    Vector512<float> Sum,
    Vector512<float> Top,
    Vector512<float> TopBefore,
    Vector512<float> Scale,
    Vector512<float> Reference,
    bool IsRescaled);
