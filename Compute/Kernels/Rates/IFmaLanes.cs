namespace Sweeps.Compute.Kernels.Rates;

/// <summary>The registers of one link of a chain of fused multiply-adds.</summary>
internal interface IFmaLanes<TSelf>
    where TSelf : struct, IFmaLanes<TSelf>
{
    /// <summary>Single-precision lanes.</summary>
    static abstract int Count { get; }

    static abstract TSelf Create(float value);

    /// <summary>a · a + sum.</summary>
    static abstract TSelf AddSquare(TSelf a, TSelf sum);

    /// <summary>Sum over the lanes, for whole numbers exact.</summary>
    static abstract double Sum(TSelf lanes);
}
