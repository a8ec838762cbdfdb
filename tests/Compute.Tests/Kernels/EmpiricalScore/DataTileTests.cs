using Sweeps.Compute.Kernels;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalScore;

public unsafe class DataTileTests
{
    private const int Lanes = ProductKernel.Columns;

    /// <summary>What a float behind a buffer holds before a tile writes to the buffer, and after.</summary>
    private const float Guard = 12345;

    public static TheoryData<int, int> Sizes
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach (int depth in new[] { 0, 1, 2, 3, 4, 5, 11, 12, 13, 64, 255, 256, 257 })
                foreach (int count in new[] { 1, 12, 13, 95, 96 }) data.Add(depth, count);
            return data;
        }
    }

    public static TheoryData<int, int> Forms => new() { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 }, { 3, 2 }, { 0, 7 }, { 6, 1 }, { 128, 1 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Products_are_sequential_sums_and_fill_the_last_twelve_with_zeros(int depth, int count)
    {
        using AlignedBuffer points = Normals(count * depth, 1), columns = Normals(depth * Lanes, 2);
        using DataTile tile = Packed(depth, points, count);
        using AlignedBuffer products = Guarded(tile.PackedCount * Lanes);
        tile.Multiply(columns.Pointer, products.Pointer);
        for (int i = 0; i < tile.PackedCount; i++)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                float sum = 0;
                for (int k = 0; k < depth && i < count; k++)
                    sum = MathF.FusedMultiplyAdd(points.Pointer[i * depth + k], columns.Pointer[k * Lanes + lane], sum);
                Assert.Equal(sum, products.Pointer[i * Lanes + lane]);
            }
        }
        AssertGuard(products, tile.PackedCount * Lanes);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_points_product_with_itself_is_its_squared_norm_bit_for_bit(int depth, int count)
    {
        using AlignedBuffer points = Normals(count * depth, 1), columns = new((long)depth * Lanes), products = new(DataTile.Rows * Lanes);
        using DataTile tile = Packed(depth, points, count);
        for (int first = 0; first < count; first += Lanes)
        {
            for (int k = 0; k < depth; k++)
                for (int lane = 0; lane < Lanes; lane++)
                    columns.Pointer[k * Lanes + lane] = first + lane < count ? points.Pointer[(first + lane) * depth + k] : 0;
            tile.Multiply(columns.Pointer, products.Pointer);
            for (int i = first; i < Math.Min(count, first + Lanes); i++)
                Assert.Equal(tile.SquaredNorms[i], products.Pointer[i * Lanes + i - first]);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Weighted_sums_of_points_are_added_to_what_is_there(int depth, int count)
    {
        using AlignedBuffer points = Normals(count * depth, 1);
        using DataTile tile = Packed(depth, points, count);
        int length = DataTile.PackedDepth(depth) * Lanes;
        using AlignedBuffer weights = Normals(tile.PackedCount * Lanes, 3), sums = Guarded(length), before = Normals(length, 4);
        weights.Span[(count * Lanes)..].Clear();
        before.Span.CopyTo(sums.Span);
        tile.AddWeighted(weights.Pointer, sums.Pointer);
        for (int k = 0; k < DataTile.PackedDepth(depth); k++)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                float sum = before.Pointer[k * Lanes + lane];
                for (int i = 0; i < count && k < depth; i++)
                    sum = MathF.FusedMultiplyAdd(points.Pointer[i * depth + k], weights.Pointer[i * Lanes + lane], sum);
                Assert.Equal(sum, sums.Pointer[k * Lanes + lane]);
            }
        }
        AssertGuard(sums, length);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Quadratic_forms_are_those_of_a_loop_over_pairs_and_single_coordinates(int pairs, int singles)
    {
        int depth = 2 * pairs + singles;
        foreach (int count in new[] { 1, 13, 96 })
        {
            using AlignedBuffer points = Normals(count * depth, 1), k = Normals(3 * pairs + singles, 5);
            using DataTile tile = Packed(depth, points, count);
            using AlignedBuffer forms = Guarded(tile.PackedCount);
            tile.QuadraticForms(k.Span[..(3 * pairs)], k.Span[(3 * pairs)..], forms.Pointer);
            for (int i = 0; i < tile.PackedCount; i++)
            {
                double form = 0, size = 0;
                for (int b = 0, at = i * depth; b < pairs + singles && i < count; b++)
                {
                    double x = points.Pointer[at++];
                    if (b < pairs)
                    {
                        double y = points.Pointer[at++];
                        Add(k.Pointer[3 * b] * x * x);
                        Add(k.Pointer[3 * b + 1] * x * y);
                        Add(k.Pointer[3 * b + 2] * y * y);
                    }
                    else
                    {
                        Add(k.Pointer[3 * pairs + b - pairs] * x * x);
                    }
                }
                Assert.Equal(form, forms.Pointer[i], 1e-6 * size);

                void Add(double term)
                {
                    form += term;
                    size += Math.Abs(term);
                }
            }
            AssertGuard(forms, tile.PackedCount);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(257)]
    public void Nothing_of_an_earlier_tile_remains(int depth)
    {
        using AlignedBuffer old = Normals(DataTile.Rows * depth, 6), points = Normals(13 * depth, 1), columns = Normals(depth * Lanes, 2);
        using AlignedBuffer weights = Normals(DataTile.Rows * Lanes, 3);
        using DataTile fresh = Packed(depth, points, 13), reused = Packed(depth, old, DataTile.Rows);
        reused.Pack(points.Pointer, depth, 13);
        Assert.Equal((13, 24), (reused.Count, reused.PackedCount));
        float[] k = [.. Enumerable.Repeat(0.5f, depth)];
        using AlignedBuffer first = Everything(fresh), second = Everything(reused);
        Assert.Equal(first.Span.ToArray(), second.Span.ToArray());

        // Norms, forms, products and sums, the sums with weights where no point is.
        AlignedBuffer Everything(DataTile tile)
        {
            var all = new AlignedBuffer(13 + 24 + (24 + DataTile.PackedDepth(depth)) * Lanes);
            new Span<float>(tile.SquaredNorms, 13).CopyTo(all.Span);
            using AlignedBuffer forms = new(24), products = new(24 * Lanes), sums = new((long)DataTile.PackedDepth(depth) * Lanes);
            tile.QuadraticForms([], k, forms.Pointer);
            tile.Multiply(columns.Pointer, products.Pointer);
            tile.AddWeighted(weights.Pointer, sums.Pointer);
            forms.Span.CopyTo(all.Span[13..]);
            products.Span.CopyTo(all.Span[37..]);
            sums.Span.CopyTo(all.Span[(37 + 24 * Lanes)..]);
            return all;
        }
    }

    [Fact]
    public void Points_may_lie_apart()
    {
        const int Depth = 6, Stride = 11, Count = 30;
        using AlignedBuffer apart = Normals(Count * Stride, 1), together = new(Count * Depth), columns = Normals(Depth * Lanes, 2);
        for (int i = 0; i < Count; i++) apart.Span.Slice(i * Stride + 1, Depth).CopyTo(together.Span[(i * Depth)..]);
        using DataTile expected = Packed(Depth, together, Count), tile = new(Depth);
        tile.Pack(apart.Pointer + 1, Stride, Count);
        using AlignedBuffer a = new(DataTile.Rows * Lanes), b = new(DataTile.Rows * Lanes);
        expected.Multiply(columns.Pointer, a.Pointer);
        tile.Multiply(columns.Pointer, b.Pointer);
        Assert.Equal(a.Span.ToArray(), b.Span.ToArray());
    }

    private static DataTile Packed(int depth, AlignedBuffer points, int count)
    {
        var tile = new DataTile(depth);
        tile.Pack(points.Pointer, depth, count);
        return tile;
    }

    private static AlignedBuffer Normals(int length, uint replica)
    {
        var buffer = new AlignedBuffer(length);
        NormalsSimd.Fill(RandomStream.Of(8, "tile\n", "points").At(replica), 0, buffer.Span);
        return buffer;
    }

    private static AlignedBuffer Guarded(int length)
    {
        var buffer = new AlignedBuffer(length + 2 * Lanes);
        buffer.Span.Fill(Guard);
        return buffer;
    }

    private static void AssertGuard(AlignedBuffer buffer, int length) =>
        Assert.All(buffer.Span[length..].ToArray(), value => Assert.Equal(Guard, value));
}
