using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sweeps.Compute.Kernels.Rates;

/// <summary>A register of 256 bits.</summary>
internal readonly struct Lanes256(Vector256<float> lanes) : IFmaLanes<Lanes256>
{
    private readonly Vector256<float> lanes = lanes;

    public static int Count => Vector256<float>.Count;

    public static Lanes256 Create(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 AddSquare(Lanes256 a, Lanes256 sum) => new(Vector256.FusedMultiplyAdd(a.lanes, a.lanes, sum.lanes));

    public static double Sum(Lanes256 lanes)
    {
        var (lower, upper) = Vector256.Widen(lanes.lanes);
        return Vector256.Sum(lower + upper);
    }
}
