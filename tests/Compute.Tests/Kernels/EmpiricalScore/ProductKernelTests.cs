using Sweeps.Compute.Kernels;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalScore;

public unsafe class ProductKernelTests
{
    private const int Size = ProductKernel.Rows * ProductKernel.Columns;

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(7, true)]
    [InlineData(255, false)]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void Both_tile_shapes_give_the_bits_of_a_sequential_sum(int depth, bool accumulates)
    {
        using AlignedBuffer rows = Fill(depth * ProductKernel.Rows, 1), columns = Fill(depth * ProductKernel.Columns, 2);
        using AlignedBuffer wide = Fill(Size, 3), quarters = Fill(Size, 3), chosen = Fill(Size, 3), before = Fill(Size, 3);
        // Without hardware for 512 bits the wide form is emulated, and must still agree.
        ProductKernel.Wide(rows.Pointer, columns.Pointer, wide.Pointer, depth, accumulates);
        ProductKernel.Quarters(rows.Pointer, columns.Pointer, quarters.Pointer, depth, accumulates);
        ProductKernel.Multiply(rows.Pointer, columns.Pointer, chosen.Pointer, depth, accumulates);
        for (int r = 0; r < ProductKernel.Rows; r++)
        {
            for (int c = 0; c < ProductKernel.Columns; c++)
            {
                int at = r * ProductKernel.Columns + c;
                float sum = accumulates ? before.Pointer[at] : 0;
                for (int k = 0; k < depth; k++)
                    sum = MathF.FusedMultiplyAdd(rows.Pointer[k * ProductKernel.Rows + r], columns.Pointer[k * ProductKernel.Columns + c],
                        sum);
                Assert.Equal(sum, wide.Pointer[at]);
                Assert.Equal(sum, quarters.Pointer[at]);
                Assert.Equal(sum, chosen.Pointer[at]);
            }
        }
    }

    private static AlignedBuffer Fill(int length, uint replica)
    {
        var buffer = new AlignedBuffer(length);
        NormalsSimd.Fill(RandomStream.Of(8, "product\n", "rows").At(replica), 0, buffer.Span);
        return buffer;
    }
}
