using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sweeps.Compute.Kernels.Rates;

/// <summary>
/// Bandwidth of the memory: the triad a = b + 3 c over arrays well beyond the last-level cache, each thread through arrays of its own.
/// Counts what the program reads and writes, twelve bytes an element; that the hardware first fetches the lines of a that are written over
/// is not counted.
/// </summary>
/// <param name="bytes">Size of the arrays of all threads together.</param>
internal sealed class MemoryBandwidth(long bytes) : IKernelRate
{
    private const int Arrays = 3;

    public string Name => "memory_bandwidth_gb_per_s";

    public string Description => "memory bandwidth, triad";

    public string Unit => "GB/s";

    public double UnitSize => 1e9;

    public IKernelWork Prepare(int thread, int threads) => new Work(Math.Max(1, bytes / threads / (Arrays * sizeof(float))));

    /// <param name="length">Elements of each array; rounded up to whole vectors.</param>
    internal sealed unsafe class Work(long length) : IKernelWork
    {
        private const float Factor = 3;
        private readonly AlignedBuffer a = Buffer(length, 0);
        private readonly AlignedBuffer b = Buffer(length, 1);
        private readonly AlignedBuffer c = Buffer(length, 2);

        public long UnitsOfWork => Arrays * sizeof(float) * a.Length;

        /// <summary>What the triad wrote.</summary>
        internal ReadOnlySpan<float> Written => a.Span;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run()
        {
            Vector512<float> factor = Vector512.Create(Factor);
            float* target = a.Pointer, first = b.Pointer, second = c.Pointer;
            for (long i = 0; i < a.Length; i += Vector512<float>.Count)
                Vector512.FusedMultiplyAdd(factor, Vector512.Load(second + i), Vector512.Load(first + i)).Store(target + i);
        }

        public void Dispose()
        {
            a.Dispose();
            b.Dispose();
            c.Dispose();
        }

        // Written to, every page of it: pages that were never written may share one page of zeros, which the cache would hold.
        private static AlignedBuffer Buffer(long length, float value)
        {
            var buffer = new AlignedBuffer((length + Vector512<float>.Count - 1) / Vector512<float>.Count * Vector512<float>.Count);
            for (long i = 0; i < buffer.Length; i += Vector512<float>.Count) Vector512.Create(value).Store(buffer.Pointer + i);
            return buffer;
        }
    }
}
