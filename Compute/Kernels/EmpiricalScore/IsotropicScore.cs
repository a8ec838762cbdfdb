using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// The form for U = I. With <c>r = e^{−t}/√Δ_t</c>, <c>g = |a_{μ*} − a_μ|²</c> and <c>h = z·(a_{μ*} − a_μ)</c> the exponent is
/// <c>ℓ_μ + ½|z|² = −½ r² g − r h</c>, so two products per query and training point serve all times. For the planted point g and h are 0 exactly.
/// </summary>
/// <remarks>
/// The first coordinate, which holds the mode, is subtracted before it is squared and stays out of the products: far modes would else cost the
/// distances within a mode their digits.
/// </remarks>
internal sealed unsafe class IsotropicScore : IScoreForm
{
    private const int Width = SoftmaxLanes.Width;
    private readonly int dimension;
    private readonly int depth;
    private readonly int queries;
    private readonly int groups;
    private readonly float[] quadratic;
    private readonly float[] linear;
    private readonly AlignedBuffer columns;
    private readonly AlignedBuffer plantedNorms;
    private readonly AlignedBuffer plantedNoise;
    private readonly AlignedBuffer plantedFirst;
    private readonly AlignedBuffer noiseFirst;
    private readonly float[] rowFirst = new float[DataTile.Rows];
    private readonly AlignedBuffer products = new(DataTile.Rows * ProductKernel.Columns);
    private readonly AlignedBuffer exponents = new(DataTile.Rows * Width);
    private readonly DataTile tile;
    private readonly SoftmaxTable table;

    public IsotropicScore(int dimension, QuerySet set, ReadOnlySpan<double> times)
    {
        this.dimension = dimension;
        depth = dimension - 1;
        queries = set.Count;
        groups = (queries + Width - 1) / Width;
        tile = new(depth);
        table = new(times.Length, groups);
        columns = new((long)groups * depth * ProductKernel.Columns);
        plantedNorms = new(groups * Width);
        plantedNoise = new(groups * Width);
        plantedFirst = new(groups * Width);
        noiseFirst = new(groups * Width);
        quadratic = new float[times.Length];
        linear = new float[times.Length];
        for (int i = 0; i < times.Length; i++)
        {
            double ratio2 = 1 / (Math.Exp(2 * times[i]) - 1);
            quadratic[i] = (float)(-0.5 * ratio2 / Math.Log(2));
            linear[i] = (float)(-Math.Sqrt(ratio2) / Math.Log(2));
        }
        for (int q = 0; q < queries; q++) Pack(set, q);
    }

    public void Add(float[] rows, float[] classes, int count)
    {
        for (int i = 0; i < count; i++)
        {
            rowFirst[i] = rows[i * dimension];
            tile.SetRow(i, rows.AsSpan(i * dimension + 1, depth));
        }
        for (int group = 0; group < groups; group++)
        {
            tile.Multiply(columns.Pointer + (long)group * depth * ProductKernel.Columns, products.Pointer, count);
            ToDifferences(group, count);
            for (int time = 0; time < quadratic.Length; time++)
            {
                Vector512<float> maximum = Exponents(quadratic[time], linear[time], count);
                SoftmaxLanes.Add(table.At(time, group), exponents.Pointer, count, maximum);
            }
        }
    }

    public ScoreStatistics Finish() => table.Statistics(queries);

    public void Dispose()
    {
        columns.Dispose();
        plantedNorms.Dispose();
        plantedNoise.Dispose();
        plantedFirst.Dispose();
        noiseFirst.Dispose();
        products.Dispose();
        exponents.Dispose();
        tile.Dispose();
        table.Dispose();
    }

    /// <summary>Lanes 0–15 of a group's columns hold planted points, lanes 16–31 the noise.</summary>
    private void Pack(QuerySet set, int q)
    {
        int lane = q % Width;
        float* target = columns.Pointer + (long)(q / Width) * depth * ProductKernel.Columns + lane;
        float norm = 0, noise = 0;
        for (int k = 0; k < depth; k++, target += ProductKernel.Columns)
        {
            float a = set.PlantedPoints[(long)q * dimension + 1 + k], z = set.Noise[(long)q * dimension + 1 + k];
            target[0] = a;
            target[Width] = z;
            norm = MathF.FusedMultiplyAdd(a, a, norm);
            noise = MathF.FusedMultiplyAdd(a, z, noise);
        }
        plantedNorms.Pointer[q] = norm;
        plantedNoise.Pointer[q] = noise;
        plantedFirst.Pointer[q] = set.PlantedPoints[(long)q * dimension];
        noiseFirst.Pointer[q] = set.Noise[(long)q * dimension];
    }

    /// <summary>Turns a tile of products into g (lanes 0–15) and h (lanes 16–31).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ToDifferences(int group, int count)
    {
        Vector512<float> norm = Vector512.Load(plantedNorms.Pointer + group * Width), noise = Vector512.Load(plantedNoise.Pointer + group * Width);
        Vector512<float> first = Vector512.Load(plantedFirst.Pointer + group * Width), z = Vector512.Load(noiseFirst.Pointer + group * Width);
        float* p = products.Pointer;
        float* rowNorms = tile.SquaredNorms;
        for (int i = 0; i < count; i++, p += ProductKernel.Columns)
        {
            Vector512<float> product = Vector512.Load(p);
            Vector512<float> along = first - Vector512.Create(rowFirst[i]);
            Vector512.FusedMultiplyAdd(along, along, (norm - product) + (Vector512.Create(rowNorms[i]) - product)).Store(p);
            Vector512.FusedMultiplyAdd(along, z, noise - Vector512.Load(p + Width)).Store(p + Width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector512<float> Exponents(float a, float b, int count)
    {
        Vector512<float> maximum = Vector512.Create(float.NegativeInfinity), va = Vector512.Create(a), vb = Vector512.Create(b);
        float* p = products.Pointer, target = exponents.Pointer;
        for (int i = 0; i < count; i++, p += ProductKernel.Columns, target += Width)
        {
            Vector512<float> exponent = Vector512.FusedMultiplyAdd(va, Vector512.Load(p), vb * Vector512.Load(p + Width));
            exponent.Store(target);
            maximum = Vector512.MaxNative(maximum, exponent);
        }
        return maximum;
    }
}
