using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// The form for U ≠ I or a drift. With <c>β = W(a − ±m)</c>, <c>W = Σ_t^{−1/2} E</c>, and <c>q = β_{μ*} + z</c> the exponent is
/// <c>ℓ_μ + ½|z|² = (q·β_μ − ½|β_μ|²) − (q·β_{μ*} − ½|β_{μ*}|²)</c>: one whitened product per time, 0 exactly for the planted point.
/// </summary>
/// <remarks>
/// Points of the other class lie 2 W m away, which adds <c>−2|w|² − 2 s* (w·q − w·β_μ)</c>, w = W m, s* the planted class. Data centred on their own
/// mode keep the digits that far modes would cost.
/// </remarks>
internal sealed unsafe class WhitenedScore : IScoreForm
{
    private const int Width = SoftmaxLanes.Width;
    private const int Columns = ProductKernel.Columns;
    private readonly int depth;
    private readonly int queries;
    private readonly int blocksOfColumns;
    private readonly float[] mode;
    private readonly Whitening[] whitenings;
    private readonly float[][] whitenedModes;
    private readonly AlignedBuffer columns;
    private readonly AlignedBuffer planted;
    private readonly AlignedBuffer plantedClasses;
    private readonly AlignedBuffer alongMode;
    private readonly AlignedBuffer products = new(DataTile.Rows * Columns);
    private readonly AlignedBuffer exponents = new(DataTile.Rows * Width);
    private readonly float[] centred;
    private readonly float[] whitened;
    private readonly float[] rowAlongMode = new float[DataTile.Rows];
    private readonly DataTile tile;
    private readonly SoftmaxTable table;

    public WhitenedScore(double sigma, MixtureBlocks blocks, ReadOnlySpan<float> mode, QuerySet set, ReadOnlySpan<double> times)
    {
        depth = mode.Length;
        this.mode = mode.ToArray();
        queries = set.Count;
        blocksOfColumns = (queries + Columns - 1) / Columns;
        centred = new float[depth];
        whitened = new float[depth];
        tile = new(depth);
        table = new(times.Length, 2 * blocksOfColumns);
        columns = new((long)times.Length * blocksOfColumns * depth * Columns);
        planted = new((long)times.Length * blocksOfColumns * Columns);
        alongMode = new((long)times.Length * blocksOfColumns * Columns);
        plantedClasses = new((long)blocksOfColumns * Columns);
        set.Classes.CopyTo(plantedClasses.Span);
        whitenings = new Whitening[times.Length];
        whitenedModes = new float[times.Length][];
        for (int time = 0; time < times.Length; time++)
        {
            whitenings[time] = new(blocks, sigma, times[time]);
            whitenings[time].Apply(mode, whitenedModes[time] = new float[depth]);
            for (int q = 0; q < queries; q++) Pack(set, time, q);
        }
    }

    public void Add(float[] rows, float[] classes, int count)
    {
        for (int time = 0; time < whitenings.Length; time++)
        {
            for (int i = 0; i < count; i++)
            {
                Whiten(time, rows.AsSpan(i * depth, depth), classes[i]);
                tile.SetRow(i, whitened);
                rowAlongMode[i] = Dot(whitenedModes[time], whitened);
            }
            for (int block = 0; block < blocksOfColumns; block++)
            {
                tile.Multiply(columns.Pointer + Block(time, block) * depth, products.Pointer, count);
                for (int half = 0; half < 2; half++)
                {
                    Vector512<float> maximum = Exponents(time, block, half * Width, classes, count);
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
        plantedClasses.Dispose();
        alongMode.Dispose();
        products.Dispose();
        exponents.Dispose();
        tile.Dispose();
        table.Dispose();
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++) sum = MathF.FusedMultiplyAdd(a[i], b[i], sum);
        return sum;
    }

    private long Block(int time, int block) => ((long)time * blocksOfColumns + block) * Columns;

    private void Whiten(int time, ReadOnlySpan<float> point, float sign)
    {
        for (int k = 0; k < depth; k++) centred[k] = point[k] - sign * mode[k];
        whitenings[time].Apply(centred, whitened);
    }

    private void Pack(QuerySet set, int time, int q)
    {
        Whiten(time, set.PlantedPoints.AsSpan(q * depth, depth), set.Classes[q]);
        long lane = Block(time, q / Columns) + q % Columns;
        float* target = columns.Pointer + Block(time, q / Columns) * depth + q % Columns;
        float norm = 0, product = 0, along = 0;
        for (int k = 0; k < depth; k++, target += Columns)
        {
            float b = whitened[k], query = b + set.Noise[(long)q * depth + k];
            *target = query;
            norm = MathF.FusedMultiplyAdd(b, b, norm);
            product = MathF.FusedMultiplyAdd(b, query, product);
            along = MathF.FusedMultiplyAdd(whitenedModes[time][k], query, along);
        }
        planted.Pointer[lane] = MathF.FusedMultiplyAdd(-0.5f, norm, product);
        alongMode.Pointer[lane] = along;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector512<float> Exponents(int time, int block, int half, float[] classes, int count)
    {
        long lanes = Block(time, block) + half;
        float squaredMode = Dot(whitenedModes[time], whitenedModes[time]);
        Vector512<float> maximum = Vector512.Create(float.NegativeInfinity), offset = Vector512.Load(planted.Pointer + lanes);
        Vector512<float> perLog2 = Vector512.Create(1.44269504f), minusHalf = Vector512.Create(-0.5f);
        Vector512<float> own = Vector512.Load(plantedClasses.Pointer + (long)block * Columns + half);
        Vector512<float> minusTwiceOwn = own * Vector512.Create(-2f);
        // What a row of the other class adds, but for its own part along the mode.
        Vector512<float> across = Vector512.FusedMultiplyAdd(
            minusTwiceOwn, Vector512.Load(alongMode.Pointer + lanes), Vector512.Create(-2 * squaredMode));
        float* p = products.Pointer + half, norms = tile.SquaredNorms, target = exponents.Pointer;
        for (int i = 0; i < count; i++, p += Columns, target += Width)
        {
            Vector512<float> same = Vector512.FusedMultiplyAdd(minusHalf, Vector512.Create(norms[i]), Vector512.Load(p)) - offset;
            Vector512<float> other = same + (across - minusTwiceOwn * Vector512.Create(rowAlongMode[i]));
            Vector512<float> isSame = Vector512.Equals(own, Vector512.Create(classes[i]));
            Vector512<float> exponent = Vector512.ConditionalSelect(isSame, same, other) * perLog2;
            exponent.Store(target);
            maximum = Vector512.MaxNative(maximum, exponent);
        }
        return maximum;
    }
}
