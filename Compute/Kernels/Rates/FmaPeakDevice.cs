using Sweeps.Compute.Devices;
using Sweeps.Compute.Kernels.EmpiricalScore;

namespace Sweeps.Compute.Kernels.Rates;

/// <summary>
/// The most that fused multiply-adds in single precision can do on a device: chains of them in registers, as many threads as it holds. A
/// fused multiply-add counts as two operations.
/// </summary>
internal sealed class FmaPeakDevice(IDevice device) : IKernelRate
{
    public string Name => "fma_peak_gflops";

    public string Description => "fused multiply-add peak";

    public string Unit => "GFLOP/s";

    public double UnitSize => 1e9;

    // A processor behind a driver would take seconds for what a card does in milliseconds.
    public IKernelWork Prepare(int thread, int threads) => new Work(device, device.Description.IsProcessor ? 1 << 12 : 1 << 16);

    internal sealed class Work : IKernelWork
    {
        private const int Chains = 8;

        /// <summary>2048 threads, the most that a multiprocessor holds.</summary>
        private const int GroupsPerUnit = 8;

        private readonly DeviceArrays owned;
        private readonly IDeviceQueue queue;
        private readonly IDeviceKernel kernel;
        private readonly DeviceArray<float> counts;
        private readonly float[] counted;
        private readonly int groups;
        private readonly int links;

        /// <param name="device">Where.</param>
        /// <param name="links">
        /// Links of each chain, a multiple of 8; below 2²¹, so that single precision counts those of a thread exactly.
        /// </param>
        public Work(IDevice device, int links)
        {
            this.links = links;
            groups = GroupsPerUnit * device.Description.ComputeUnits;
            kernel = device.Load(DeviceText.Of("Kernels/Rates/FmaChains.cl")).Kernel("fma_chains");
            counted = new float[groups * kernel.GroupSize];
            owned = new(device);
            try
            {
                queue = owned.Add(device.CreateQueue());
                counts = owned.Of<float>(counted.Length);
            }
            catch
            {
                owned.Dispose();
                throw;
            }
        }

        public long UnitsOfWork => 2L * links * Chains * counted.Length;

        /// <summary>Fused multiply-adds of the last run, as its chains counted them.</summary>
        internal double Counted => counted.Sum(count => (double)count);

        public void Run()
        {
            queue.Launch(kernel, new(groups), counts, links, 1f, 1f);
            counts.Read(queue, counted);
        }

        public void Dispose() => owned.Dispose();
    }
}
