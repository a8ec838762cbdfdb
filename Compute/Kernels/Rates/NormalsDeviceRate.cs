using Sweeps.Compute.Devices;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.Rates;

/// <summary>Standard normals from a counter-based stream, written to the memory of a device.</summary>
internal sealed class NormalsDeviceRate(IDevice device) : IKernelRate
{
    public string Name => "normals_per_s";

    public string Description => "normals";

    public string Unit => "normals/s";

    public double UnitSize => 1;

    public IKernelWork Prepare(int thread, int threads) =>
        new Work(device, RandomStream.Of(1, "bench\n", "normals").At((uint)thread), device.Description.IsProcessor ? 1 << 20 : 1 << 26);

    /// <param name="device">Where.</param>
    /// <param name="stream">Where from.</param>
    /// <param name="count">Normals of a run.</param>
    internal sealed class Work(IDevice device, RandomStream stream, int count) : IKernelWork
    {
        private readonly NormalsDevice kernels = new(device);
        private readonly IDeviceQueue queue = device.CreateQueue();
        private readonly DeviceArray<float> normals = new(device, count);

        public long UnitsOfWork => count;

        public void Run()
        {
            kernels.Fill(queue, stream, 0, count, normals);
            queue.Finish();
        }

        public void Dispose()
        {
            normals.Dispose();
            queue.Dispose();
        }
    }
}
