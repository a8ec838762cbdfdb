using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// Up to 96 data points packed for <see cref="ProductKernel"/> as [panel][coordinate][12], with their squared norms, summed in the kernel's own
/// order so that a point's product with itself equals its squared norm bit for bit. The number of points is part of the definition of the softmax
/// sums; never changed.
/// </summary>
internal sealed unsafe class DataTile : IDisposable
{
    public const int Rows = 8 * ProductKernel.Rows;

    /// <summary>Depth of one pass of the kernel: a panel and a column block stay in the nearest cache.</summary>
    private const int DepthBlock = 256;

    /// <summary>Points that are packed, and quadratic forms that are made, at once.</summary>
    private const int Part = 4;

    /// <summary>Coordinates in a panel; those beyond the depth are 0, so that sums over points can be made four coordinates at a time.</summary>
    private readonly int packedDepth;
    private readonly int depth;
    private readonly float* panels;
    private readonly AlignedBuffer? own;

    /// <summary>A tile with memory of its own.</summary>
    /// <param name="depth">Coordinates, ≥ 0.</param>
    public DataTile(int depth)
        : this(depth, new AlignedBuffer(Length(depth), false))
    {
    }

    /// <summary>A tile in memory that another owns.</summary>
    /// <param name="depth">Coordinates, ≥ 0.</param>
    /// <param name="memory">[<see cref="Length"/>] at a 64-byte boundary.</param>
    public DataTile(int depth, float* memory)
    {
        (this.depth, packedDepth) = (depth, PackedDepth(depth));
        panels = memory;
        SquaredNorms = panels + (long)Rows * packedDepth;
    }

    private DataTile(int depth, AlignedBuffer own)
        : this(depth, own.Pointer) => this.own = own;

    /// <summary>Floats that a tile takes, whole cache lines.</summary>
    public static long Length(int depth) => (long)Rows * (PackedDepth(depth) + 1);

    /// <summary>Coordinates of sums over points, padding included.</summary>
    public static int PackedDepth(int depth) => (depth + ProductKernel.FewRows - 1) / ProductKernel.FewRows * ProductKernel.FewRows;

    /// <summary>Points in the tile.</summary>
    public int Count { get; private set; }

    /// <summary>Squared norm of each point.</summary>
    public float* SquaredNorms { get; }

    /// <summary>Points with those that fill up the last twelve, which are 0.</summary>
    public int PackedCount => Panels * ProductKernel.Rows;

    private int Panels => (Count + ProductKernel.Rows - 1) / ProductKernel.Rows;

    /// <summary>Fills the tile.</summary>
    /// <param name="points">First coordinate of the first point.</param>
    /// <param name="stride">Floats from one point to the next.</param>
    /// <param name="count">Points, ≤ 96.</param>
    public void Pack(float* points, nint stride, int count)
    {
        Count = count;
        for (int first = 0; first < count; first += ProductKernel.Rows)
        {
            float* panel = Panel(first / ProductKernel.Rows);
            int here = Math.Min(ProductKernel.Rows, count - first);
            int zeroFrom = here < ProductKernel.Rows ? 0 : depth;
            new Span<float>(panel + zeroFrom * ProductKernel.Rows, (packedDepth - zeroFrom) * ProductKernel.Rows).Clear();
            for (int i = 0; i < here; i += Part)
                PackPart(points + (first + i) * stride, stride, Math.Min(Part, here - i), panel + i, SquaredNorms + first + i);
        }
    }

    /// <summary>products[point][32] = points · columns.</summary>
    /// <param name="columns">[depth][32].</param>
    /// <param name="products">[96][32].</param>
    public void Multiply(float* columns, float* products)
    {
        // Depth 0 still takes one pass, which clears the products.
        for (int k = 0; k == 0 || k < depth; k += DepthBlock)
        {
            int block = Math.Min(DepthBlock, depth - k);
            for (int panel = 0; panel < Panels; panel++)
                ProductKernel.Multiply<PointsAsRows>(
                    Panel(panel) + k * ProductKernel.Rows,
                    columns + (long)k * ProductKernel.Columns,
                    products + panel * ProductKernel.Rows * ProductKernel.Columns,
                    1,
                    block,
                    0,
                    k > 0);
        }
    }

    /// <summary>sums[coordinate][32] += Σ weights[point][32] · point[coordinate].</summary>
    /// <param name="weights">[96][32]; 0 from the count to the end of its last twelve.</param>
    /// <param name="sums">[packed depth][32].</param>
    public void AddWeighted(float* weights, float* sums)
    {
        nint nextPanel = packedDepth * ProductKernel.Rows;
        int k = 0;
        for (; k + ProductKernel.Rows <= packedDepth; k += ProductKernel.Rows)
            ProductKernel.Multiply<CoordinatesAsRows>(
                Panel(0) + k * ProductKernel.Rows, weights, sums + k * ProductKernel.Columns, Panels, ProductKernel.Rows, nextPanel, true);
        for (; k < packedDepth; k += ProductKernel.FewRows)
            ProductKernel.MultiplyFew<CoordinatesAsRows>(
                Panel(0) + k * ProductKernel.Rows, weights, sums + k * ProductKernel.Columns, Panels, ProductKernel.Rows, nextPanel, true);
    }

    /// <summary>forms[point] = xᵀ K x for a symmetric K of 2 × 2 blocks, then single coordinates.</summary>
    /// <param name="pairs">(K₁₁, 2 K₁₂, K₂₂) of each pair.</param>
    /// <param name="singles">K of each single coordinate, which follow the pairs.</param>
    /// <param name="forms">[96].</param>
    public void QuadraticForms(ReadOnlySpan<float> pairs, ReadOnlySpan<float> singles, float* forms)
    {
        for (int panel = 0; panel < Panels; panel++) PanelForms(pairs, singles, Panel(panel), forms + panel * ProductKernel.Rows);
    }

    public void Dispose() => own?.Dispose();

    private float* Panel(int panel) => panels + (long)panel * packedDepth * ProductKernel.Rows;

    /// <summary>The forms of the twelve points of a panel.</summary>
    private static void PanelForms(ReadOnlySpan<float> pairs, ReadOnlySpan<float> singles, float* x, float* forms)
    {
        Vector128<float> a = Vector128<float>.Zero, b = Vector128<float>.Zero, c = Vector128<float>.Zero;
        for (; pairs.Length >= 3; pairs = pairs[3..], x += 2 * ProductKernel.Rows)
        {
            Vector128<float> k11 = Vector128.Create(pairs[0]), k12 = Vector128.Create(pairs[1]), k22 = Vector128.Create(pairs[2]);
            a = AddPair(x, k11, k12, k22, a);
            b = AddPair(x + Part, k11, k12, k22, b);
            c = AddPair(x + 2 * Part, k11, k12, k22, c);
        }
        foreach (float single in singles)
        {
            Vector128<float> k = Vector128.Create(single);
            a = AddSingle(x, k, a);
            b = AddSingle(x + Part, k, b);
            c = AddSingle(x + 2 * Part, k, c);
            x += ProductKernel.Rows;
        }
        a.Store(forms);
        b.Store(forms + Part);
        c.Store(forms + 2 * Part);

        static Vector128<float> AddPair(float* x, Vector128<float> k11, Vector128<float> k12, Vector128<float> k22, Vector128<float> sum)
        {
            Vector128<float> first = Vector128.Load(x), second = Vector128.Load(x + ProductKernel.Rows);
            sum = Vector128.FusedMultiplyAdd(first, Vector128.FusedMultiplyAdd(k11, first, k12 * second), sum);
            return Vector128.FusedMultiplyAdd(second, k22 * second, sum);
        }

        static Vector128<float> AddSingle(float* x, Vector128<float> k, Vector128<float> sum)
        {
            Vector128<float> first = Vector128.Load(x);
            return Vector128.FusedMultiplyAdd(first, k * first, sum);
        }
    }

    /// <summary>Transposes up to four points into a panel, and sums their squares.</summary>
    private void PackPart(float* points, nint stride, int count, float* panel, float* squares)
    {
        Vector128<float> norm = Vector128<float>.Zero;
        int k = 0;
        if (count == Part && Sse.IsSupported)
        {
            for (; k + Part <= depth; k += Part, panel += Part * ProductKernel.Rows)
            {
                Vector128<float> a = Vector128.Load(points + k), b = Vector128.Load(points + stride + k);
                Vector128<float> c = Vector128.Load(points + 2 * stride + k), d = Vector128.Load(points + 3 * stride + k);
                Vector128<float> ab = Sse.UnpackLow(a, b), cd = Sse.UnpackLow(c, d), ba = Sse.UnpackHigh(a, b), dc = Sse.UnpackHigh(c, d);
                norm = Put(Sse.MoveLowToHigh(ab, cd), panel, norm);
                norm = Put(Sse.MoveHighToLow(cd, ab), panel + ProductKernel.Rows, norm);
                norm = Put(Sse.MoveLowToHigh(ba, dc), panel + 2 * ProductKernel.Rows, norm);
                norm = Put(Sse.MoveHighToLow(dc, ba), panel + 3 * ProductKernel.Rows, norm);
            }
        }
        for (; k < depth; k++, panel += ProductKernel.Rows)
        {
            Vector128<float> column = Vector128<float>.Zero;
            for (int i = 0; i < count; i++) column = column.WithElement(i, points[i * stride + k]);
            norm = Put(column, panel, norm);
        }
        norm.Store(squares);

        static Vector128<float> Put(Vector128<float> column, float* target, Vector128<float> norm)
        {
            column.Store(target);
            return Vector128.FusedMultiplyAdd(column, column, norm);
        }
    }
}
