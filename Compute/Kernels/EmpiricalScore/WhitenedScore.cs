using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// The form for U ≠ I or a drift. With <c>b = Σ_t^{−1/2} E a</c> and <c>q = b_{μ*} + z</c> the exponent is
/// <c>ℓ_μ + ½|z|² = (q·b_μ − ½|b_μ|²) − (q·b_{μ*} − ½|b_{μ*}|²)</c>: one whitened product per time, 0 exactly for the planted point.
/// </summary>
internal sealed unsafe class WhitenedScore : IScoreForm
{
    private const int Width = SoftmaxLanes.Width;
    private readonly int depth;
    private readonly int queries;
    private readonly int blocksOfColumns;
    private readonly Whitening[] whitenings;
    private readonly AlignedBuffer columns;
    private readonly AlignedBuffer planted;
    private readonly AlignedBuffer products = new(DataTile.Rows * ProductKernel.Columns);
    private readonly AlignedBuffer exponents = new(DataTile.Rows * Width);
    private readonly float[] whitened;
    private readonly DataTile tile;
    private readonly SoftmaxTable table;

    public WhitenedScore(double sigma, MixtureBlocks blocks, int depth, QuerySet set, ReadOnlySpan<double> times)
    {
        this.depth = depth;
        queries = set.Count;
        blocksOfColumns = (queries + ProductKernel.Columns - 1) / ProductKernel.Columns;
        whitened = new float[depth];
        tile = new(depth);
        table = new(times.Length, 2 * blocksOfColumns);
        columns = new((long)times.Length * blocksOfColumns * depth * ProductKernel.Columns);
        planted = new((long)times.Length * blocksOfColumns * ProductKernel.Columns);
        whitenings = new Whitening[times.Length];
        for (int time = 0; time < times.Length; time++)
        {
            whitenings[time] = new(blocks, sigma, times[time]);
            for (int q = 0; q < queries; q++) Pack(set, time, q);
        }
    }

    public void Add(float[] rows, int count)
    {
        for (int time = 0; time < whitenings.Length; time++)
        {
            for (int i = 0; i < count; i++)
            {
                whitenings[time].Apply(rows.AsSpan(i * depth, depth), whitened);
                tile.SetRow(i, whitened);
            }
            for (int block = 0; block < blocksOfColumns; block++)
            {
                tile.Multiply(columns.Pointer + Block(time, block) * depth, products.Pointer, count);
                for (int half = 0; half < 2; half++)
                {
                    Vector512<float> maximum = Exponents(planted.Pointer + Block(time, block), half * Width, count);
                    SoftmaxLanes.Add(table.At(time, 2 * block + half), exponents.Pointer, count, maximum);
                }
            }
        }
    }

    public ScoreStatistics Finish() => table.Statistics(queries);

    public void Dispose()
    {
        columns.Dispose();
        planted.Dispose();
        products.Dispose();
        exponents.Dispose();
        tile.Dispose();
        table.Dispose();
    }

    private long Block(int time, int block) => ((long)time * blocksOfColumns + block) * ProductKernel.Columns;

    private void Pack(QuerySet set, int time, int q)
    {
        whitenings[time].Apply(set.PlantedPoints.AsSpan(q * depth, depth), whitened);
        int lane = q % ProductKernel.Columns;
        float* target = columns.Pointer + Block(time, q / ProductKernel.Columns) * depth + lane;
        float norm = 0, product = 0;
        for (int k = 0; k < depth; k++, target += ProductKernel.Columns)
        {
            float b = whitened[k], query = b + set.Noise[(long)q * depth + k];
            *target = query;
            norm = MathF.FusedMultiplyAdd(b, b, norm);
            product = MathF.FusedMultiplyAdd(b, query, product);
        }
        planted.Pointer[Block(time, q / ProductKernel.Columns) + lane] = MathF.FusedMultiplyAdd(-0.5f, norm, product);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector512<float> Exponents(float* plantedExponents, int half, int count)
    {
        Vector512<float> maximum = Vector512.Create(float.NegativeInfinity), offset = Vector512.Load(plantedExponents + half);
        Vector512<float> perLog2 = Vector512.Create(1.44269504f), minusHalf = Vector512.Create(-0.5f);
        float* p = products.Pointer + half, norms = tile.SquaredNorms, target = exponents.Pointer;
        for (int i = 0; i < count; i++, p += ProductKernel.Columns, target += Width)
        {
            Vector512<float> own = Vector512.FusedMultiplyAdd(minusHalf, Vector512.Create(norms[i]), Vector512.Load(p));
            Vector512<float> exponent = (own - offset) * perLog2;
            exponent.Store(target);
            maximum = Vector512.MaxNative(maximum, exponent);
        }
        return maximum;
    }
}
