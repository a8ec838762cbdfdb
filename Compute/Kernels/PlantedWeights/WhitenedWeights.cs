using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sweeps.Compute.Kernels.EmpiricalScore;

namespace Sweeps.Compute.Kernels.PlantedWeights;

/// <summary>
/// The form for U ≠ I or a drift: one product per time, of queries brought to the frame of the data (see <see cref="ScoreFrame"/>). Of a query the
/// planted point's own exponent is taken away, so that what remains is <c>ℓ_μ + ½|z|²</c>, 0 exactly for the planted point.
/// </summary>
/// <remarks>
/// Points are centred on their own mode and gathered by class, so far modes cost no digits; towards class s a query of class s* sees
/// <c>q + (s* − s) W m</c>, whose exponents lie <c>(s* − s) (W m)·q + ½ (s* − s)² |W m|²</c> lower.
/// </remarks>
internal sealed unsafe class WhitenedWeights : IWeightsForm
{
    private const int Width = SoftmaxLanes.Width;
    private const int Columns = ProductKernel.Columns;
    private readonly int depth;
    private readonly int queries;
    private readonly int blocks;
    private readonly ScoreFrame[] frames;
    private readonly AlignedBuffer columns;
    private readonly AlignedBuffer offsets;
    private readonly AlignedBuffer products = new(DataTile.Rows * Columns);
    private readonly AlignedBuffer biases = new(DataTile.Rows);
    private readonly TileBuffer[] buffers;
    private readonly DataTile tile;
    private readonly SoftmaxTable table;

    /// <param name="sigma">σ.</param>
    /// <param name="mixture">Coordinate blocks.</param>
    /// <param name="mode">m, in their order.</param>
    /// <param name="set">The queries.</param>
    /// <param name="times">OU times.</param>
    public WhitenedWeights(double sigma, MixtureBlocks mixture, ReadOnlySpan<float> mode, PlantedQueries set, ReadOnlySpan<double> times)
    {
        depth = mode.Length;
        queries = set.Count;
        blocks = (queries + Columns - 1) / Columns;
        tile = new(depth);
        buffers = [new(depth), new(depth)];
        table = new(times.Length, 2 * blocks);
        columns = new((long)times.Length * 2 * blocks * depth * Columns);
        offsets = new((long)times.Length * 2 * blocks * Columns);
        frames = new ScoreFrame[times.Length];
        for (int time = 0; time < times.Length; time++) frames[time] = new(mixture, sigma, mode, times[time]);
        for (int block = 0; block < blocks; block++) Pack(set, block);
    }

    public void Add(ReadOnlySpan<float> centred, float sign)
    {
        int side = Side(sign);
        buffers[side].Add(centred);
        if (buffers[side].IsFull) Flush(side);
    }

    public WeightStatistics Finish()
    {
        for (int side = 0; side < buffers.Length; side++)
            if (buffers[side].Count > 0) Flush(side);
        return table.Statistics(queries);
    }

    public void Dispose()
    {
        columns.Dispose();
        offsets.Dispose();
        products.Dispose();
        biases.Dispose();
        foreach (TileBuffer buffer in buffers) buffer.Dispose();
        tile.Dispose();
        table.Dispose();
    }

    private static int Side(float sign) => sign > 0 ? 0 : 1;

    private static float Sign(int side) => side == 0 ? 1 : -1;

    private long Place(int time, int side, int block) => (((long)time * 2 + side) * blocks + block) * Columns;

    private void Flush(int side)
    {
        tile.Pack(buffers[side].Points, depth, buffers[side].Count);
        for (int time = 0; time < frames.Length; time++)
        {
            tile.QuadraticForms(frames[time].PairForms, frames[time].SingleForms, biases.Pointer);
            for (int block = 0; block < blocks; block++)
            {
                long place = Place(time, side, block);
                tile.Multiply(columns.Pointer + place * depth, products.Pointer);
                for (int half = 0; half < 2; half++)
                {
                    var exponents = new Exponents(products.Pointer + half * Width, biases.Pointer, offsets.Pointer + place + half * Width);
                    SoftmaxLanes.Add(table.At(time, 2 * block + half), ref exponents, tile.Count, out _);
                }
            }
        }
        buffers[side].Clear();
    }

    /// <summary>Columns and offsets of 32 queries at every time.</summary>
    private void Pack(PlantedQueries set, int block)
    {
        int first = block * Columns, count = Math.Min(Columns, queries - first);
        using AlignedBuffer centred = new((long)depth * Columns), noise = new((long)depth * Columns), query = new((long)depth * Columns);
        using var planted = new TileBuffer(depth);
        for (int lane = 0; lane < count; lane++)
        {
            planted.Add(set.Centred(first + lane));
            for (int k = 0; k < depth; k++)
            {
                centred.Pointer[(long)k * Columns + lane] = set.Centred(first + lane)[k];
                noise.Pointer[(long)k * Columns + lane] = set.Noise(first + lane)[k];
            }
        }
        tile.Pack(planted.Points, depth, count);
        for (int time = 0; time < frames.Length; time++)
        {
            tile.QuadraticForms(frames[time].PairForms, frames[time].SingleForms, biases.Pointer);
            frames[time].Whitening.Apply(centred.Pointer, query.Pointer);
            for (long i = 0; i < (long)depth * Columns; i += Width)
                (Vector512.Load(query.Pointer + i) + Vector512.Load(noise.Pointer + i)).Store(query.Pointer + i);
            PackTime(time, block, set.Classes.AsSpan(first, count), query.Pointer);
        }
    }

    /// <summary>Columns and offsets of whitened queries [d][32] at one time, towards both classes; the tile holds their planted points.</summary>
    private void PackTime(int time, int block, ReadOnlySpan<float> classes, float* query)
    {
        float[] mode = frames[time].WhitenedMode;
        float* across = stackalloc float[Columns];
        float* along = stackalloc float[Columns];
        double modeSquared = Along(mode, query, along);
        for (int side = 0; side < 2; side++)
        {
            float* target = columns.Pointer + Place(time, side, block) * depth;
            for (int lane = 0; lane < Columns; lane++) across[lane] = lane < classes.Length ? classes[lane] - Sign(side) : 0;
            for (long i = 0; i < (long)depth * Columns; i += Width)
                Vector512.FusedMultiplyAdd(Vector512.Load(across + i % Columns), Vector512.Create(mode[i / Columns]), Vector512.Load(query + i))
                    .Store(target + i);
            frames[time].ToColumns.Apply(target, target);
            tile.Multiply(target, products.Pointer);
            for (int lane = 0; lane < classes.Length; lane++)
            {
                if (across[lane] == 0)
                {
                    float planted = products.Pointer[lane * Columns + lane] + biases.Pointer[lane];
                    for (int towards = 0; towards < 2; towards++) offsets.Pointer[Place(time, towards, block) + lane] -= planted;
                }
                else
                {
                    double lower = across[lane] * (double)along[lane] + 0.5 * across[lane] * across[lane] * modeSquared;
                    offsets.Pointer[Place(time, side, block) + lane] -= (float)(ScoreFrame.Log2E * lower);
                }
            }
        }
    }

    /// <summary>Components of 32 queries along the mode, (W m)·q, and |W m|².</summary>
    private static double Along(float[] mode, float* query, float* along)
    {
        double squared = 0;
        new Span<float>(along, Columns).Clear();
        for (int k = 0; k < mode.Length; k++, query += Columns)
        {
            squared += (double)mode[k] * mode[k];
            for (int lane = 0; lane < Columns; lane++) along[lane] = MathF.FusedMultiplyAdd(mode[k], query[lane], along[lane]);
        }
        return squared;
    }

    private readonly struct Exponents(float* products, float* biases, float* offset) : IExponents
    {
        private readonly Vector512<float> offset = Vector512.Load(offset);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> At(int row) =>
            // In this order: for the planted point the first two sums are 0 exactly.
            Vector512.Load(products + row * Columns) + Vector512.Create(biases[row]) + offset;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Take(int row, Vector512<float> weight)
        {
        }
    }
}
