using Sweeps.Compute.Kernels.ReverseSampler;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Kernels.Rates;

/// <summary>
/// The reverse sampler on all d coordinates of the mixture with |m|² = d, one block of 64 samples, Euler–Maruyama: noise, score and step. A
/// unit of work is one step of one coordinate of one sample.
/// </summary>
internal sealed class SamplerRate : IKernelRate
{
    private const int Dimension = 256;

    public string Name => "sampler_coordinate_steps_per_s";

    public string Description => $"reverse sampler, d = {Dimension}";

    public string Unit => "coordinate-steps/s";

    public double UnitSize => 1;

    public IKernelWork Prepare(int thread, int threads) => new Work(Dimension, 100, (uint)thread);

    internal sealed unsafe class Work : IKernelWork
    {
        private readonly ReverseCoefficients coefficients;
        private readonly RandomStream stream = RandomStream.Of(1, "bench\n", "trunk");
        private readonly uint replica;
        private readonly AlignedBuffer state;

        public Work(int dimension, int steps, uint replica)
        {
            var mixture = new GaussianMixture(dimension, 1, 1, 1, 0, ModeDirection.Uniform);
            coefficients = new(mixture.AllBlocks, 1, [.. Enumerable.Range(0, steps + 1).Select(k => 0.01 * k)]);
            this.replica = replica;
            state = new((long)dimension * ReverseSamplerSimd.Lanes);
            Draw();
        }

        public long UnitsOfWork => (long)coefficients.Coordinates * ReverseSamplerSimd.Lanes * coefficients.Steps;

        internal ReverseCoefficients Coefficients => coefficients;

        /// <summary>Stream of the steps' noise.</summary>
        internal RandomStream Noise => stream.At(replica);

        /// <summary>State [coordinate][64].</summary>
        internal Span<float> State => state.Span;

        /// <summary>All steps, from the state that is there: what came out of the last run is as good a beginning as any.</summary>
        public void Run() =>
            ReverseSamplerSimd.Advance(coefficients, state.Pointer, coefficients.Steps, coefficients.Steps, 0, Noise, null);

        public void Dispose() => state.Dispose();

        private void Draw() => ReverseSamplerSimd.Draw(coefficients, 1, stream.At(replica, 2), stream.At(replica, 1), state.Pointer);
    }
}
