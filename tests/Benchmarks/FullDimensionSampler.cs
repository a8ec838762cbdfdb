using Sweeps.Compute.Kernels;
using Sweeps.Compute.Kernels.ReverseSampler;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;

namespace Sweeps.Benchmarks;

/// <summary>The reverse sampler on all coordinates of the mixture with |m|² = d: the work that a PyTorch loop does.</summary>
public sealed unsafe class FullDimensionSampler : IDisposable
{
    private const int Steps = 20;
    private readonly ReverseCoefficients coefficients;
    private readonly RandomStream stream = RandomStream.Of(1, "benchmark\n", "trunk");
    private readonly AlignedBuffer state;

    public FullDimensionSampler(int dimension)
    {
        var mixture = new GaussianMixture(dimension, 1, 1, 1, 0, ModeDirection.Uniform);
        coefficients = new(mixture.AllBlocks, 1, [.. Enumerable.Range(0, Steps + 1).Select(k => 0.01 * k)]);
        state = new((long)dimension * ReverseSamplerSimd.Lanes);
        ReverseSamplerSimd.Draw(coefficients, 1, stream.At(0, 2), stream.At(0, 1), state.Pointer);
    }

    /// <summary>Coordinate-steps of one <see cref="Run"/>.</summary>
    public long CoordinateSteps => (long)coefficients.Coordinates * ReverseSamplerSimd.Lanes * Steps;

    /// <summary>Takes one block of 64 samples through 20 steps.</summary>
    public float Run()
    {
        ReverseSamplerSimd.Advance(coefficients, state.Pointer, Steps, Steps, 0, stream, null);
        return state.Pointer[0];
    }

    public void Dispose() => state.Dispose();
}
