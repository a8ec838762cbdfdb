using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sweeps.Compute.Kernels.Rates;

/// <summary>Two registers a link: machines with 128 bits have four pipes to fill, and thirty-two registers.</summary>
internal readonly struct Lanes128Twice(Vector128<float> first, Vector128<float> second) : IFmaLanes<Lanes128Twice>
{
    private readonly Vector128<float> first = first;
    private readonly Vector128<float> second = second;

    public static int Count => 2 * Vector128<float>.Count;

    public static Lanes128Twice Create(float value) => new(Vector128.Create(value), Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Twice AddSquare(Lanes128Twice a, Lanes128Twice sum) =>
        new(Vector128.FusedMultiplyAdd(a.first, a.first, sum.first), Vector128.FusedMultiplyAdd(a.first, a.first, sum.second));

    public static double Sum(Lanes128Twice lanes)
    {
        var (a, b) = Vector128.Widen(lanes.first);
        var (c, d) = Vector128.Widen(lanes.second);
        return Vector128.Sum(a + b + c + d);
    }
}
