using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.Rates;

/// <summary>Standard normals from a counter-based stream, into a buffer that stays in the cache.</summary>
internal sealed class NormalsRate : IKernelRate
{
    public string Name => "normals_per_s";

    public string Description => "normals";

    public string Unit => "normals/s";

    public double UnitSize => 1;

    public IKernelWork Prepare(int thread, int threads) => new Work(RandomStream.Of(1, "bench\n", "normals").At((uint)thread), 512);

    /// <param name="stream">Where from.</param>
    /// <param name="fills">How often a run fills the buffer, each time from further on in the stream.</param>
    internal sealed class Work(RandomStream stream, int fills) : IKernelWork
    {
        internal const int BufferSize = 4096;
        private readonly float[] normals = new float[BufferSize];

        public long UnitsOfWork => (long)fills * BufferSize;

        /// <summary>The last normals made.</summary>
        internal ReadOnlySpan<float> Last => normals;

        public void Run()
        {
            for (int fill = 0; fill < fills; fill++) NormalsSimd.Fill(stream, (ulong)fill * (BufferSize / NormalsSimd.GroupSize), normals);
        }

        public void Dispose()
        {
            // an array of the collected heap
        }
    }
}
