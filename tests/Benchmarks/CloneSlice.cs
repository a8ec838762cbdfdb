using Sweeps.Compute.Kernels;
using Sweeps.Compute.Kernels.ReverseSampler;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;

namespace Sweeps.Benchmarks;

/// <summary>
/// A slice of the clone experiment on all coordinates: the trunk from t = 4.10 to 4.00, the clone, the clone from 4.00 to 3.90; |m|² = d,
/// σ = 1, dt = 0.01. The end states of both lie in memory afterwards, as a PyTorch loop leaves them.
/// </summary>
internal sealed unsafe class CloneSlice : IDisposable
{
    public const int From = 410;
    public const int Branch = 400;
    public const int To = 390;
    private const double TimeStep = 0.01;
    private readonly ReverseCoefficients coefficients;
    private readonly RandomStream stream = RandomStream.Of(1, "benchmark\n", "clones");
    private readonly AlignedBuffer start;
    private readonly AlignedBuffer trunk;
    private readonly AlignedBuffer clone;
    private readonly int blocks;
    private readonly int threads;

    public CloneSlice(int dimension, int samples, int threads)
    {
        this.threads = threads;
        var mixture = new GaussianMixture(dimension, 1, 1, 1, 0, ModeDirection.Uniform);
        coefficients = new(mixture.AllBlocks, 1, [.. Enumerable.Range(0, From + 1).Select(k => TimeStep * k)]);
        blocks = (samples + ReverseSamplerSimd.Lanes - 1) / ReverseSamplerSimd.Lanes;
        (start, trunk, clone) = (new(Block * blocks), new(Block * blocks), new(Block * blocks));
        for (int block = 0; block < blocks; block++)
            ReverseSamplerSimd.Draw(coefficients, 1, stream.At((uint)block, 2), stream.At((uint)block, 1), start.Pointer + Block * block);
    }

    /// <summary>Samples, a multiple of 64 and so a little more than asked for.</summary>
    public int Samples => blocks * ReverseSamplerSimd.Lanes;

    /// <summary>Coordinate-steps of one <see cref="Run"/>.</summary>
    public long CoordinateSteps => (long)Samples * coefficients.Coordinates * (From - To);

    private long Block => (long)coefficients.Coordinates * ReverseSamplerSimd.Lanes;

    public void Run() => Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads }, block =>
    {
        float* x = trunk.Pointer + Block * block, copy = clone.Pointer + Block * block;
        long bytes = Block * sizeof(float);
        Buffer.MemoryCopy(start.Pointer + Block * block, x, bytes, bytes);
        ReverseSamplerSimd.Advance(coefficients, x, From, From, Branch, stream.At((uint)block), null);
        Buffer.MemoryCopy(x, copy, bytes, bytes);
        ReverseSamplerSimd.Advance(coefficients, copy, Branch, Branch, To, stream.At((uint)block, 3), null);
    });

    /// <summary>
    /// Mean squares of the projection on m/|m|, and of a coordinate, of trunk and clone: 1 + ρ and 1 + ρ/d, ρ = d e^{−2t}.
    /// </summary>
    public (double TrunkAlong, double TrunkSquare, double CloneAlong, double CloneSquare) Moments()
    {
        var (trunkAlong, trunkSquare) = Of(trunk.Pointer);
        var (cloneAlong, cloneSquare) = Of(clone.Pointer);
        return (trunkAlong, trunkSquare, cloneAlong, cloneSquare);
    }

    public void Dispose()
    {
        start.Dispose();
        trunk.Dispose();
        clone.Dispose();
    }

    private (double Along, double Square) Of(float* x)
    {
        double along = 0, square = 0;
        var projections = new double[ReverseSamplerSimd.Lanes];
        for (int block = 0; block < blocks; block++)
        {
            Array.Clear(projections);
            for (int i = 0; i < coefficients.Coordinates; i++)
                for (int lane = 0; lane < ReverseSamplerSimd.Lanes; lane++, x++)
                {
                    projections[lane] += *x;
                    square += (double)*x * *x;
                }
            along += projections.Sum(p => p * p) / coefficients.Coordinates;
        }
        return (along / Samples, square / Samples / coefficients.Coordinates);
    }
}
