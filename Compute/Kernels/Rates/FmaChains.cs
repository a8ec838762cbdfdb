using System.Runtime.CompilerServices;

namespace Sweeps.Compute.Kernels.Rates;

/// <summary>
/// Twelve chains of fused multiply-adds that do not wait for one another: two pipes with a latency of up to six are never idle, and twelve
/// sums and a factor fit sixteen registers. Every link adds 1 · 1, so that the sums count the work.
/// </summary>
internal static class FmaChains
{
    public const int Count = 12;

    /// <param name="links">Links of each chain, below 2²⁴.</param>
    /// <returns>The fused multiply-adds of all chains and lanes, counted.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Run<TLanes>(int links)
        where TLanes : struct, IFmaLanes<TLanes>
    {
        TLanes one = TLanes.Create(1);
        TLanes s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default;
        TLanes s6 = default, s7 = default, s8 = default, s9 = default, s10 = default, s11 = default;
        for (int i = 0; i < links; i++)
        {
            s0 = TLanes.AddSquare(one, s0);
            s1 = TLanes.AddSquare(one, s1);
            s2 = TLanes.AddSquare(one, s2);
            s3 = TLanes.AddSquare(one, s3);
            s4 = TLanes.AddSquare(one, s4);
            s5 = TLanes.AddSquare(one, s5);
            s6 = TLanes.AddSquare(one, s6);
            s7 = TLanes.AddSquare(one, s7);
            s8 = TLanes.AddSquare(one, s8);
            s9 = TLanes.AddSquare(one, s9);
            s10 = TLanes.AddSquare(one, s10);
            s11 = TLanes.AddSquare(one, s11);
        }
        return TLanes.Sum(s0) + TLanes.Sum(s1) + TLanes.Sum(s2) + TLanes.Sum(s3) + TLanes.Sum(s4) + TLanes.Sum(s5)
            + TLanes.Sum(s6) + TLanes.Sum(s7) + TLanes.Sum(s8) + TLanes.Sum(s9) + TLanes.Sum(s10) + TLanes.Sum(s11);
    }
}
