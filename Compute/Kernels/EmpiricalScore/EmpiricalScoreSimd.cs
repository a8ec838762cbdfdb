using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// The score of one training set at one time for many queries (physics §4), in single precision and fused: per query the log-sum of the exponents,
/// the participation, the largest weight and its point, and the weighted mean ā of the points, of which the score is <c>−Σ_t⁻¹ (x − E ā)</c>. Two
/// products per query and training point; no n × M matrix exists. Tiles that hold no weight for any of sixteen queries skip the second product.
/// </summary>
/// <remarks>Not for use by two threads; a training set may be shared. Source: Biroli, Bonnaire, de Bortoli, Mézard 2024 (arXiv 2402.18491), section II.</remarks>
internal sealed unsafe class EmpiricalScoreSimd : IDisposable
{
    public const int Lanes = ProductKernel.Columns;
    private const int Width = SoftmaxLanes.Width;
    private readonly TrainingSet data;
    private readonly int blocks;
    private readonly ScoreColumns columns;
    private readonly AlignedBuffer products = new(DataTile.Rows * Lanes);
    private readonly AlignedBuffer weights = new(DataTile.Rows * Lanes);
    private readonly AlignedBuffer biases = new(DataTile.Rows);
    private readonly AlignedBuffer states;
    private readonly AlignedBuffer sums;
    private readonly AlignedBuffer classSums;
    private readonly int[] largest;

    /// <param name="data">The training set.</param>
    /// <param name="blocks">Blocks of 32 queries.</param>
    public EmpiricalScoreSimd(TrainingSet data, int blocks)
    {
        (this.data, this.blocks) = (data, blocks);
        columns = new(blocks, data.Dimension);
        states = new(2L * blocks * SoftmaxLanes.Size);
        sums = new((long)blocks * DataTile.PackedDepth(data.Dimension) * Lanes);
        classSums = new((long)blocks * Lanes);
        largest = new int[blocks * Lanes];
    }

    /// <summary>Takes in new queries and runs through the training set.</summary>
    /// <param name="frame">Matrices of the time.</param>
    /// <param name="x">[block][d][32].</param>
    /// <param name="cancellation">Looked at once per tile.</param>
    public void Evaluate(ScoreFrame frame, float* x, CancellationToken cancellation)
    {
        Clear();
        for (int block = 0; block < blocks; block++) columns.Pack(frame, block, x + (long)block * data.Dimension * Lanes);
        for (int tile = 0; tile < data.AllTiles.Length; tile++)
        {
            cancellation.ThrowIfCancellationRequested();
            data.AllTiles[tile].QuadraticForms(frame.PairForms, frame.SingleForms, biases.Pointer);
            for (int block = 0; block < blocks; block++) Add(tile, block);
        }
    }

    /// <summary>
    /// ln Σ_μ e^{ℓ_μ} of a query, nats, with ℓ_μ = −½ |Σ_t^{−1/2}(x − E a_μ)|². Its error is below max(10⁻⁶, 2⁻²⁴ √d) of |Σ_t^{−1/2}(x − s E m)|²,
    /// x seen from the mode s of its nearest points.
    /// </summary>
    public double LogSum(int query) => SoftmaxLanes.LogSum(State(query), query % Width);

    /// <summary>Σ w².</summary>
    public double Participation(int query) => SoftmaxLanes.Participation(State(query), query % Width);

    public double LargestWeight(int query) => SoftmaxLanes.LargestWeight(State(query), query % Width);

    /// <summary>The index μ of the largest weight, the first where several are equal; −1 for a query that is not finite.</summary>
    public int LargestIndex(int query) => largest[query];

    /// <summary>ā of a block of queries.</summary>
    /// <param name="block">Block.</param>
    /// <param name="mean">[d][32] to fill.</param>
    public void Mean(int block, float* mean)
    {
        float* from = Sums(block);
        for (int half = 0; half < Lanes; half += Width)
        {
            Vector512<float> inverse = Vector512<float>.One / SoftmaxLanes.Sums(State(block * Lanes + half));
            Vector512<float> classes = Vector512.Load(classSums.Pointer + (long)block * Lanes + half) * inverse;
            for (int k = 0; k < data.Dimension; k++)
                Vector512.FusedMultiplyAdd(classes, Vector512.Create(data.ModeVector[k]), Vector512.Load(from + (long)k * Lanes + half) * inverse)
                    .Store(mean + (long)k * Lanes + half);
        }
    }

    public void Dispose()
    {
        columns.Dispose();
        products.Dispose();
        weights.Dispose();
        biases.Dispose();
        states.Dispose();
        sums.Dispose();
        classSums.Dispose();
    }

    private float* State(int query) => states.Pointer + (long)(query / Width) * SoftmaxLanes.Size;

    private float* Sums(int block) => sums.Pointer + (long)block * DataTile.PackedDepth(data.Dimension) * Lanes;

    private void Clear()
    {
        for (int half = 0; half < 2 * blocks; half++) SoftmaxLanes.Clear(states.Pointer + (long)half * SoftmaxLanes.Size);
        sums.Clear();
        classSums.Clear();
        Array.Fill(largest, -1);
    }

    private void Add(int index, int block)
    {
        DataTile tile = data.AllTiles[index];
        int side = data.SideOf(index);
        tile.Multiply(columns.Columns(side, block), products.Pointer);
        bool left = AddLanes(index, side, block, 0), right = AddLanes(index, side, block, Width);
        if (!left && !right) return;
        if (!left) ClearWeights(0, 0, tile.Count);
        if (!right) ClearWeights(Width, 0, tile.Count);
        ClearWeights(0, tile.Count, tile.PackedCount);
        ClearWeights(Width, tile.Count, tile.PackedCount);
        tile.AddWeighted(weights.Pointer, Sums(block));
    }

    private void ClearWeights(int half, int from, int to)
    {
        for (int row = from; row < to; row++) Vector512<float>.Zero.Store(weights.Pointer + row * Lanes + half);
    }

    private bool AddLanes(int index, int side, int block, int half)
    {
        int count = data.AllTiles[index].Count;
        var exponents = new Exponents(products.Pointer + half, biases.Pointer, columns.Offsets(side, block) + half, weights.Pointer + half);
        if (!SoftmaxLanes.Add(State(block * Lanes + half), ref exponents, count, out SoftmaxTile tile)) return false;
        float* classSum = classSums.Pointer + (long)block * Lanes + half;
        if (tile.IsRescaled) Rescale(Sums(block) + half, tile.Scale);
        Vector512<float> signed = side == 0 ? tile.Sum : -tile.Sum;
        Vector512.FusedMultiplyAdd(Vector512.Load(classSum), tile.Scale, signed).Store(classSum);
        if (Vector512.GreaterThanAny(tile.Top, tile.TopBefore)) FindLargest(ref exponents, tile, index, count, block * Lanes + half);
        return true;
    }

    private void Rescale(float* sum, Vector512<float> scale)
    {
        for (int k = 0; k < data.Dimension; k++, sum += Lanes) (Vector512.Load(sum) * scale).Store(sum);
    }

    /// <summary>Notes the first point of the tile that holds the maximum, in lanes where the maximum rose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindLargest(ref Exponents exponents, SoftmaxTile tile, int index, int count, int firstQuery)
    {
        Exponents local = exponents;
        Vector512<int> rows = Vector512.Create(-1);
        Vector512<float> top = tile.Top, reference = tile.Reference;
        for (int row = count - 1; row >= 0; row--)
            rows = Vector512.ConditionalSelect(Vector512.Equals(local.At(row) - reference, top).AsInt32(), Vector512.Create(row), rows);
        Vector512<float> rose = Vector512.GreaterThan(top, tile.TopBefore);
        for (int lane = 0; lane < Width; lane++)
        {
            if (BitConverter.SingleToInt32Bits(rose[lane]) == 0) continue;
            if (rows[lane] < 0) throw new ArithmeticException("no point of the tile has its largest exponent");
            largest[firstQuery + lane] = data.IndexOf(index, rows[lane]);
        }
    }

    private readonly struct Exponents(float* products, float* biases, float* offset, float* weights) : IExponents
    {
        private readonly Vector512<float> offset = Vector512.Load(offset);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> At(int row) => Vector512.Load(products + row * Lanes) + Vector512.Create(biases[row]) + offset;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Take(int row, Vector512<float> weight) => weight.Store(weights + row * Lanes);
    }
}
