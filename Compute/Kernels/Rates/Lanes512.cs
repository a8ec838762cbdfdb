using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sweeps.Compute.Kernels.Rates;

/// <summary>A register of 512 bits.</summary>
internal readonly struct Lanes512(Vector512<float> lanes) : IFmaLanes<Lanes512>
{
    private readonly Vector512<float> lanes = lanes;

    public static int Count => Vector512<float>.Count;

    public static Lanes512 Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 AddSquare(Lanes512 a, Lanes512 sum) => new(Vector512.FusedMultiplyAdd(a.lanes, a.lanes, sum.lanes));

    public static double Sum(Lanes512 lanes)
    {
        var (lower, upper) = Vector512.Widen(lanes.lanes);
        return Vector512.Sum(lower + upper);
    }
}
