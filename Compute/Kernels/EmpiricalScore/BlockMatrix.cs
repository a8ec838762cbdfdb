using System.Runtime.Intrinsics;
using Sweeps.Compute.Models;

namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>A matrix of 2 × 2 blocks, then single coordinates, in single precision, for vectors and for 32 lanes of vectors at once.</summary>
internal sealed unsafe class BlockMatrix
{
    private const int Lanes = ProductKernel.Columns;
    private readonly float[] pairs;
    private readonly float[] singles;

    /// <param name="blocks">The blocks.</param>
    /// <param name="matrix">The matrix of a block; of a single coordinate only the first element counts.</param>
    public BlockMatrix(MixtureBlocks blocks, Func<CoordinateBlock, Matrix2> matrix)
        : this(blocks, [.. blocks.Pairs.AddRange(blocks.Singles).Select(matrix)])
    {
    }

    /// <param name="blocks">The blocks.</param>
    /// <param name="matrices">The matrices of the pairs, then of the single coordinates, of which only the first element counts.</param>
    public BlockMatrix(MixtureBlocks blocks, ReadOnlySpan<Matrix2> matrices)
    {
        pairs = new float[4 * blocks.Pairs.Length];
        singles = new float[blocks.Singles.Length];
        for (int p = 0; p < blocks.Pairs.Length; p++)
        {
            Matrix2 w = matrices[p];
            (pairs[4 * p], pairs[4 * p + 1], pairs[4 * p + 2], pairs[4 * p + 3]) = ((float)w.A11, (float)w.A12, (float)w.A21, (float)w.A22);
        }
        for (int s = 0; s < singles.Length; s++) singles[s] = (float)matrices[blocks.Pairs.Length + s].A11;
    }

    /// <summary>(K₁₁, K₁₂ + K₂₁, K₂₂) of each pair, for <see cref="DataTile.QuadraticForms"/>.</summary>
    public float[] PairForms()
    {
        var forms = new float[pairs.Length / 4 * 3];
        for (int p = 0; 4 * p < pairs.Length; p++)
            (forms[3 * p], forms[3 * p + 1], forms[3 * p + 2]) = (pairs[4 * p], pairs[4 * p + 1] + pairs[4 * p + 2], pairs[4 * p + 3]);
        return forms;
    }

    /// <summary>By rows: what coordinate k takes of itself, and, d further on, of its partner; 0 where it has none.</summary>
    /// <param name="rows">[2][d] to fill.</param>
    public void Rows(Span<float> rows)
    {
        int d = rows.Length / 2;
        rows.Clear();
        for (int i = 0; i < pairs.Length / 2; i++) (rows[i], rows[d + i]) = (pairs[2 * i + (i & 1)], pairs[2 * i + 1 - (i & 1)]);
        singles.CopyTo(rows[(pairs.Length / 2)..]);
    }

    /// <summary>Elements of the single coordinates.</summary>
    public ReadOnlySpan<float> Singles => singles;

    /// <summary>y = B x.</summary>
    public void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        int i = 0;
        for (int p = 0; p < pairs.Length; p += 4, i += 2)
        {
            float first = x[i], second = x[i + 1];
            y[i] = MathF.FusedMultiplyAdd(pairs[p], first, pairs[p + 1] * second);
            y[i + 1] = MathF.FusedMultiplyAdd(pairs[p + 2], first, pairs[p + 3] * second);
        }
        for (int s = 0; s < singles.Length; s++, i++) y[i] = singles[s] * x[i];
    }

    /// <summary>The same for 32 lanes: x and y are [d][32], and may be one.</summary>
    public void Apply(float* x, float* y)
    {
        for (int p = 0; p < pairs.Length; p += 4, x += 2 * Lanes, y += 2 * Lanes)
        {
            Vector512<float> b11 = Vector512.Create(pairs[p]), b12 = Vector512.Create(pairs[p + 1]);
            Vector512<float> b21 = Vector512.Create(pairs[p + 2]), b22 = Vector512.Create(pairs[p + 3]);
            for (int v = 0; v < Lanes; v += SoftmaxLanes.Width)
            {
                Vector512<float> first = Vector512.Load(x + v), second = Vector512.Load(x + Lanes + v);
                Vector512.FusedMultiplyAdd(b11, first, b12 * second).Store(y + v);
                Vector512.FusedMultiplyAdd(b21, first, b22 * second).Store(y + Lanes + v);
            }
        }
        foreach (float single in singles)
        {
            for (int v = 0; v < Lanes; v += SoftmaxLanes.Width) (Vector512.Create(single) * Vector512.Load(x + v)).Store(y + v);
            x += Lanes;
            y += Lanes;
        }
    }
}
