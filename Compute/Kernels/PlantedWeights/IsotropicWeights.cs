using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sweeps.Compute.Kernels.EmpiricalScore;

namespace Sweeps.Compute.Kernels.PlantedWeights;

/// <summary>
/// The form for U = I. With <c>r = e^{−t}/√Δ_t</c>, <c>g = |a_{μ*} − a_μ|²</c> and <c>h = z·(a_{μ*} − a_μ)</c> the exponent is
/// <c>ℓ_μ + ½|z|² = −½ r² g − r h</c>, so two products per query and training point serve all times. For the planted point g and h are 0 exactly.
/// </summary>
/// <remarks>
/// The first coordinate, which holds the mode, is subtracted before it is squared and stays out of the products: far modes would else cost the
/// distances within a mode their digits.
/// </remarks>
internal sealed unsafe class IsotropicWeights : IWeightsForm
{
    private const int Width = SoftmaxLanes.Width;
    private const int Columns = ProductKernel.Columns;
    private readonly int dimension;
    private readonly int depth;
    private readonly float mode;
    private readonly int queries;
    private readonly int groups;
    private readonly float[] quadratic;
    private readonly float[] linear;
    private readonly AlignedBuffer columns;
    private readonly AlignedBuffer planted;
    private readonly float[] classes = new float[DataTile.Rows];
    private readonly AlignedBuffer products = new(DataTile.Rows * Columns);
    private readonly TileBuffer buffer;
    private readonly DataTile tile;
    private readonly SoftmaxTable table;

    /// <param name="mode">|m|, data units.</param>
    /// <param name="set">The queries.</param>
    /// <param name="times">OU times.</param>
    public IsotropicWeights(float mode, PlantedQueries set, ReadOnlySpan<double> times)
    {
        (this.mode, dimension, queries) = (mode, set.Dimension, set.Count);
        depth = dimension - 1;
        groups = (queries + Width - 1) / Width;
        tile = new(depth);
        buffer = new(dimension);
        table = new(times.Length, groups);
        columns = new((long)groups * depth * Columns);
        planted = new((long)groups * PlantedLanes.Size);
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

    public void Add(ReadOnlySpan<float> centred, float sign)
    {
        classes[buffer.Count] = sign;
        buffer.Add(centred);
        if (buffer.IsFull) Flush();
    }

    public WeightStatistics Finish()
    {
        if (buffer.Count > 0) Flush();
        return table.Statistics(queries);
    }

    public void Dispose()
    {
        columns.Dispose();
        planted.Dispose();
        products.Dispose();
        buffer.Dispose();
        tile.Dispose();
        table.Dispose();
    }

    private void Flush()
    {
        tile.Pack(buffer.Points + 1, dimension, buffer.Count);
        for (int group = 0; group < groups; group++)
        {
            tile.Multiply(columns.Pointer + (long)group * depth * Columns, products.Pointer);
            ToDifferences(new(planted.Pointer + (long)group * PlantedLanes.Size));
            for (int time = 0; time < quadratic.Length; time++)
            {
                var exponents = new Exponents(products.Pointer, quadratic[time], linear[time]);
                SoftmaxLanes.Add(table.At(time, group), ref exponents, tile.Count, out _);
            }
        }
        buffer.Clear();
    }

    /// <summary>Lanes 0–15 of a group's columns hold planted points, lanes 16–31 the noise.</summary>
    private void Pack(PlantedQueries set, int q)
    {
        int lane = q % Width;
        float* target = columns.Pointer + (long)(q / Width) * depth * Columns + lane;
        ReadOnlySpan<float> point = set.Centred(q), noise = set.Noise(q);
        float norm = 0, product = 0;
        for (int k = 1; k < dimension; k++, target += Columns)
        {
            target[0] = point[k];
            target[Width] = noise[k];
            norm = MathF.FusedMultiplyAdd(point[k], point[k], norm);
            product = MathF.FusedMultiplyAdd(point[k], noise[k], product);
        }
        var lanes = new PlantedLanes(planted.Pointer + (long)(q / Width) * PlantedLanes.Size);
        lanes.Norm[lane] = norm;
        lanes.Product[lane] = product;
        lanes.First[lane] = point[0];
        lanes.FirstNoise[lane] = noise[0];
        lanes.Class[lane] = set.Classes[q];
    }

    /// <summary>Turns a tile of products into g (lanes 0–15) and h (lanes 16–31).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ToDifferences(PlantedLanes lanes)
    {
        Vector512<float> norm = Vector512.Load(lanes.Norm), product = Vector512.Load(lanes.Product), first = Vector512.Load(lanes.First);
        Vector512<float> z = Vector512.Load(lanes.FirstNoise), sign = Vector512.Load(lanes.Class), m = Vector512.Create(mode);
        float* p = products.Pointer, norms = tile.SquaredNorms;
        for (int i = 0; i < tile.Count; i++, p += Columns)
        {
            Vector512<float> similar = Vector512.Load(p);
            Vector512<float> across = sign - Vector512.Create(classes[i]);
            Vector512<float> along = Vector512.FusedMultiplyAdd(across, m, first - Vector512.Create(buffer.Points[(long)i * dimension]));
            Vector512.FusedMultiplyAdd(along, along, (norm - similar) + (Vector512.Create(norms[i]) - similar)).Store(p);
            Vector512.FusedMultiplyAdd(along, z, product - Vector512.Load(p + Width)).Store(p + Width);
        }
    }

    /// <summary>What sixteen queries carry beside their columns: five vectors of sixteen lanes.</summary>
    private readonly struct PlantedLanes(float* lanes)
    {
        public const int Size = 5 * Width;

        /// <summary>|a_{μ*}|² without the first coordinate.</summary>
        public float* Norm => lanes;

        /// <summary>a_{μ*}·z without the first coordinate.</summary>
        public float* Product => lanes + Width;

        public float* First => lanes + 2 * Width;

        public float* FirstNoise => lanes + 3 * Width;

        public float* Class => lanes + 4 * Width;
    }

    private readonly struct Exponents(float* differences, float quadratic, float linear) : IExponents
    {
        private readonly Vector512<float> a = Vector512.Create(quadratic);
        private readonly Vector512<float> b = Vector512.Create(linear);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> At(int row)
        {
            float* p = differences + row * Columns;
            return Vector512.FusedMultiplyAdd(a, Vector512.Load(p), b * Vector512.Load(p + Width));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Take(int row, Vector512<float> weight)
        {
        }
    }
}
