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
    public void Points_as_rows_give_the_bits_of_a_sequential_sum_in_every_tile_shape(int depth, bool accumulates) =>
        AssertSequential<PointsAsRows>(1, depth, ProductKernel.Rows * depth, accumulates);

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(1, 1, true)]
    [InlineData(1, 12, false)]
    [InlineData(3, 12, true)]
    [InlineData(8, 12, false)]
    public void Coordinates_as_rows_give_the_bits_of_a_sequential_sum_in_every_tile_shape(int panels, int depth, bool accumulates) =>
        AssertSequential<CoordinatesAsRows>(panels, depth, 17 * ProductKernel.Rows, accumulates);

    private static void AssertSequential<TOrder>(int panels, int depth, int nextPanel, bool accumulates)
        where TOrder : struct, IRowOrder
    {
        using AlignedBuffer rows = Fill(panels * nextPanel + 256, 1), columns = Fill(panels * depth * ProductKernel.Columns, 2);
        AssertForm(ProductKernel.Rows, WideTile.Rows12<TOrder>);
        AssertForm(ProductKernel.Rows, NarrowTile.Rows12<TOrder>);
        AssertForm(ProductKernel.Rows, ProductKernel.Multiply<TOrder>);
        AssertForm(ProductKernel.FewRows, WideTile.Rows4<TOrder>);
        AssertForm(ProductKernel.FewRows, NarrowTile.Rows4<TOrder>);
        AssertForm(ProductKernel.FewRows, ProductKernel.MultiplyFew<TOrder>);

        // Without hardware for 512 bits the wide forms are emulated, and must still agree.
        void AssertForm(int count, Form form)
        {
            using AlignedBuffer products = Fill(Size, 3), before = Fill(Size, 3);
            form(rows.Pointer, columns.Pointer, products.Pointer, panels, depth, nextPanel, accumulates);
            for (int r = 0; r < ProductKernel.Rows; r++)
            {
                for (int c = 0; c < ProductKernel.Columns; c++)
                {
                    int at = r * ProductKernel.Columns + c;
                    float sum = accumulates || r >= count ? before.Pointer[at] : 0;
                    for (int k = 0; k < panels * depth && r < count; k++)
                    {
                        float row = rows.Pointer[k / depth * nextPanel + k % depth * TOrder.Step + r * TOrder.Stride];
                        sum = MathF.FusedMultiplyAdd(row, columns.Pointer[k * ProductKernel.Columns + c], sum);
                    }
                    Assert.Equal(sum, products.Pointer[at]);
                }
            }
        }
    }

    private delegate void Form(
        float* rows, float* columns, float* products, int panels, int depth, nint nextPanel, bool accumulates);

    private static AlignedBuffer Fill(int length, uint replica)
    {
        var buffer = new AlignedBuffer(length);
        NormalsSimd.Fill(RandomStream.Of(8, "product\n", "rows").At(replica), 0, buffer.Span);
        return buffer;
    }
}
