namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>
/// Up to 96 data rows packed for <see cref="ProductKernel"/> as [panel][k][12], with their half squared norms, summed in the kernel's own order so
/// that a row's product with itself equals its squared norm bit for bit. The row count is part of the definition of the softmax sums; never changed.
/// </summary>
internal sealed unsafe class DataTile(int depth) : IDisposable
{
    public const int Rows = 8 * ProductKernel.Rows;

    /// <summary>Depth of one pass of the kernel: a panel and a column block stay in the nearest cache.</summary>
    private const int DepthBlock = 256;

    private readonly AlignedBuffer panels = new((long)Rows * depth);
    private readonly AlignedBuffer norms = new(Rows);

    /// <summary>Squared norm of each row.</summary>
    public float* SquaredNorms => norms.Pointer;

    public void SetRow(int index, ReadOnlySpan<float> row)
    {
        float* target = panels.Pointer + (long)(index / ProductKernel.Rows) * depth * ProductKernel.Rows + index % ProductKernel.Rows;
        float norm = 0;
        foreach (float value in row)
        {
            *target = value;
            target += ProductKernel.Rows;
            norm = MathF.FusedMultiplyAdd(value, value, norm);
        }
        norms.Pointer[index] = norm;
    }

    /// <summary>products[row][32] = rows · columns, columns packed [k][32].</summary>
    public void Multiply(float* columns, float* products, int rows)
    {
        // Depth 0 still takes one pass, which clears the products.
        for (int k = 0; k == 0 || k < depth; k += DepthBlock)
        {
            int block = Math.Min(DepthBlock, depth - k);
            for (int panel = 0; panel * ProductKernel.Rows < rows; panel++)
                ProductKernel.Multiply(
                    panels.Pointer + ((long)panel * depth + k) * ProductKernel.Rows,
                    columns + (long)k * ProductKernel.Columns,
                    products + panel * ProductKernel.Rows * ProductKernel.Columns,
                    block,
                    k > 0);
        }
    }

    public void Dispose()
    {
        panels.Dispose();
        norms.Dispose();
    }
}
