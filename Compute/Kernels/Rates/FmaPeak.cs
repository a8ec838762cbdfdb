using System.Runtime.Intrinsics;

namespace Sweeps.Compute.Kernels.Rates;

/// <summary>
/// The most that fused multiply-adds in single precision can do: chains of them in registers, on the widest vectors that the hardware has,
/// without a load or a store. A fused multiply-add counts as two operations. Without the instruction the number says what its emulation
/// does.
/// </summary>
internal sealed class FmaPeak : IKernelRate
{
    public string Name => "fma_peak_gflops";

    public string Description => "fused multiply-add peak";

    public string Unit => "GFLOP/s";

    public double UnitSize => 1e9;

    public IKernelWork Prepare(int thread, int threads) => new Work(1 << 19);

    /// <param name="links">Fused multiply-adds of each chain and lane; below 2²⁴, so that single precision counts them exactly.</param>
    internal sealed class Work(int links) : IKernelWork
    {
        private static int Lanes =>
            Vector512.IsHardwareAccelerated ? Lanes512.Count : Vector256.IsHardwareAccelerated ? Lanes256.Count : Lanes128Twice.Count;

        public long UnitsOfWork => 2L * links * FmaChains.Count * Lanes;

        /// <summary>Fused multiply-adds of the last run, as its chains counted them.</summary>
        internal double Counted { get; private set; }

        public void Run() => Counted =
            Vector512.IsHardwareAccelerated ? FmaChains.Run<Lanes512>(links)
            : Vector256.IsHardwareAccelerated ? FmaChains.Run<Lanes256>(links)
            : FmaChains.Run<Lanes128Twice>(links);

        public void Dispose()
        {
            // registers only
        }
    }
}
