using System.Runtime.Intrinsics;
using Sweeps.Compute.Kernels;
using Sweeps.Compute.Random;

namespace Sweeps.Benchmarks.Distribution;

/// <summary>
/// What one slice of the draws adds up to. Products run in single precision within a chunk of 65 536 draws, which rounds them by some 1e-6
/// of their own spread, and in double across chunks; powers are in double; counts are exact.
/// </summary>
internal sealed unsafe class DrawTally : IDisposable
{
    /// <summary>Draws that are looked at together.</summary>
    public const int Chunk = 1 << 16;

    /// <summary>Cells of the histogram are 2⁻¹⁴ wide, a scale that no float below 8 is rounded by.</summary>
    public const int CellsPerUnit = 1 << 14;

    /// <summary>The histogram reaches from −7 to 7, beyond the largest draw.</summary>
    public const int Reach = 7;

    public const int Moments = 8;

    private const int Width = 16;
    private const int Half = NormalsSimd.GroupSize / 2;
    private readonly AlignedBuffer draws = new(Chunk + LongestLag);
    private readonly AlignedBuffer squares = new(Chunk + LongestLag);

    /// <summary>Every lag up to 64, so across the groups of 32 too, and those of the buffers that the generator fills.</summary>
    public static int[] Lags { get; } = [.. Enumerable.Range(1, 64), 128, 256, 512, 1024, 2048, 4096];

    private static int LongestLag => Lags[^1];

    public long Count { get; private set; }

    /// <summary>Draws in each cell.</summary>
    public uint[] Cells { get; } = new uint[2 * Reach * CellsPerUnit];

    /// <summary>Σ x^k, k from 1.</summary>
    public double[] Powers { get; } = new double[Moments];

    /// <summary>Σ x x′ at each lag.</summary>
    public double[] Products { get; } = new double[Lags.Length];

    /// <summary>Σ (x² − 1)(x′² − 1) at each lag.</summary>
    public double[] SquareProducts { get; } = new double[Lags.Length];

    /// <summary>Of the two partners of a Box–Muller pair: Σ xy, Σ (x²−1)(y²−1), Σ x(y²−1), Σ (x²−1)y.</summary>
    public double[] Partners { get; } = new double[4];

    public float Largest { get; private set; }

    /// <summary>Draws a chunk from the stream, its first normal at the group given, and takes it in.</summary>
    public void Add(RandomStream stream, ulong group)
    {
        float* x = draws.Pointer, q = squares.Pointer;
        NormalsSimd.FillGroups(stream, group, x, (Chunk + LongestLag) / NormalsSimd.GroupSize);
        for (int i = 0; i < Chunk + LongestLag; i += Width)
        {
            Vector512<float> v = Vector512.Load(x + i);
            Vector512.FusedMultiplyAdd(v, v, Vector512.Create(-1f)).Store(q + i);
        }
        AddCells(x);
        AddPowers(x);
        AddPartners(x, q);
        for (int i = 0; i < Lags.Length; i++)
        {
            Products[i] += Product(x, x + Lags[i]);
            SquareProducts[i] += Product(q, q + Lags[i]);
        }
        Count += Chunk;
    }

    /// <summary>Adds another tally; the order of additions is the caller's.</summary>
    public void Add(DrawTally other)
    {
        Count += other.Count;
        Largest = Math.Max(Largest, other.Largest);
        for (int i = 0; i < Cells.Length; i++) Cells[i] += other.Cells[i];
        AddTo(Powers, other.Powers);
        AddTo(Products, other.Products);
        AddTo(SquareProducts, other.SquareProducts);
        AddTo(Partners, other.Partners);

        static void AddTo(double[] sums, double[] more)
        {
            for (int i = 0; i < sums.Length; i++) sums[i] += more[i];
        }
    }

    public void Dispose()
    {
        draws.Dispose();
        squares.Dispose();
    }

    private void AddCells(float* x)
    {
        int* index = stackalloc int[Width];
        Vector512<float> largest = Vector512<float>.Zero;
        fixed (uint* cells = Cells)
        {
            for (int i = 0; i < Chunk; i += Width)
            {
                Vector512<float> v = Vector512.Load(x + i);
                largest = Vector512.Max(largest, Vector512.Abs(v));
                Vector512.ConvertToInt32(Vector512.Floor(v * Vector512.Create((float)CellsPerUnit))).Store(index);
                for (int lane = 0; lane < Width; lane++) cells[index[lane] + Reach * CellsPerUnit]++;
            }
        }
        for (int lane = 0; lane < Width; lane++) Largest = Math.Max(Largest, largest[lane]);
    }

    private void AddPowers(float* x)
    {
        Vector512<double>* sums = stackalloc Vector512<double>[Moments];
        for (int k = 0; k < Moments; k++) sums[k] = Vector512<double>.Zero;
        for (int i = 0; i < Chunk; i += Width)
        {
            var (low, high) = Vector512.Widen(Vector512.Load(x + i));
            Vector512<double> a = low, b = high;
            for (int k = 0; k < Moments; k++, a *= low, b *= high) sums[k] += a + b;
        }
        for (int k = 0; k < Moments; k++) Powers[k] += Vector512.Sum(sums[k]);
    }

    private void AddPartners(float* x, float* q)
    {
        Vector512<float> xy = default, qq = default, xq = default, qy = default;
        for (int i = 0; i < Chunk; i += NormalsSimd.GroupSize)
        {
            Vector512<float> a = Vector512.Load(x + i), b = Vector512.Load(x + i + Half);
            Vector512<float> c = Vector512.Load(q + i), d = Vector512.Load(q + i + Half);
            xy = Vector512.FusedMultiplyAdd(a, b, xy);
            qq = Vector512.FusedMultiplyAdd(c, d, qq);
            xq = Vector512.FusedMultiplyAdd(a, d, xq);
            qy = Vector512.FusedMultiplyAdd(c, b, qy);
        }
        Partners[0] += Sum(xy);
        Partners[1] += Sum(qq);
        Partners[2] += Sum(xq);
        Partners[3] += Sum(qy);
    }

    private static double Product(float* x, float* later)
    {
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
        for (int i = 0; i < Chunk; i += 4 * Width, x += 4 * Width, later += 4 * Width)
        {
            s0 = Vector512.FusedMultiplyAdd(Vector512.Load(x), Vector512.Load(later), s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Load(x + 16), Vector512.Load(later + 16), s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.Load(x + 32), Vector512.Load(later + 32), s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.Load(x + 48), Vector512.Load(later + 48), s3);
        }
        return Sum(s0) + Sum(s1) + Sum(s2) + Sum(s3);
    }

    private static double Sum(Vector512<float> v)
    {
        var (low, high) = Vector512.Widen(v);
        return Vector512.Sum(low + high);
    }
}
