using Sweeps.Compute.Kernels.EmpiricalScore;

namespace Sweeps.Compute.Kernels.EmpiricalSampler;

/// <summary>
/// d coordinates of a number of samples, data units, as blocks of 32 lanes: [block][coordinate][32] floats, 64-byte aligned. Zero at first;
/// the lanes that pad the last block belong to no sample.
/// </summary>
internal sealed unsafe class SampleBlocks : IDisposable
{
    public const int Lanes = ProductKernel.Columns;

    private readonly AlignedBuffer values;

    /// <param name="count">Samples, at least 1.</param>
    /// <param name="dimension">d, at least 1.</param>
    public SampleBlocks(int count, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        (Count, Dimension, Blocks) = (count, dimension, (int)(((long)count + Lanes - 1) / Lanes));
        values = new((long)Blocks * dimension * Lanes);
    }

    public int Count { get; }

    public int Dimension { get; }

    public int Blocks { get; }

    /// <summary>Coordinate of a sample.</summary>
    public float this[int sample, int coordinate]
    {
        get => Block(sample / Lanes)[coordinate * (long)Lanes + sample % Lanes];
        set => Block(sample / Lanes)[coordinate * (long)Lanes + sample % Lanes] = value;
    }

    /// <summary>Bytes that samples take, for plans.</summary>
    public static double Bytes(double count, double dimension) => sizeof(float) * Lanes * Math.Ceiling(count / Lanes) * dimension;

    /// <summary>[d][32] of one block.</summary>
    public float* Block(int block) => values.Pointer + (long)block * Dimension * Lanes;

    /// <summary>All blocks, padding included.</summary>
    /// <exception cref="OverflowException">More than 2³¹ − 1 numbers.</exception>
    public Span<float> All => values.Span;

    /// <exception cref="ArgumentException">The other has another shape.</exception>
    public void CopyFrom(SampleBlocks other)
    {
        if (other.Count != Count || other.Dimension != Dimension) throw new ArgumentException("samples of another shape", nameof(other));
        long bytes = values.Length * sizeof(float);
        Buffer.MemoryCopy(other.values.Pointer, values.Pointer, bytes, bytes);
    }

    public void Dispose() => values.Dispose();
}
