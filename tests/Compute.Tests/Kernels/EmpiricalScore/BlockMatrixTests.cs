using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Models;
using Sweeps.Compute.Random;
using Sweeps.Compute.Tests.Models;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalScore;

public unsafe class BlockMatrixTests
{
    private const int Lanes = ProductKernel.Columns;

    public static TheoryData<int, bool> Shapes => new() { { 1, false }, { 2, true }, { 5, true }, { 6, true }, { 4, false } };

    /// <summary>Small integers, so that by hand and in single precision are the same number.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void It_applies_as_its_blocks_do_to_a_vector_and_to_lanes(int dimension, bool pairs)
    {
        MixtureBlocks blocks = Blocks(dimension, pairs);
        var matrix = new BlockMatrix(blocks, Integers);
        float[] x = [.. Enumerable.Range(0, dimension * Lanes).Select(i => (float)(i * 37 % 101 - 50))], lanes = new float[x.Length];
        fixed (float* from = x, to = lanes) matrix.Apply(from, to);
        for (int lane = 0; lane < Lanes; lane++)
        {
            float[] vector = Lane(x, lane), product = new float[dimension];
            matrix.Apply(vector, product);
            Assert.Equal(ByHand(blocks, vector), product);
            Assert.Equal(product, Lane(lanes, lane));
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Vectors_and_lanes_have_the_same_bits_in_place_too(int dimension, bool pairs)
    {
        var matrix = new BlockMatrix(
            Blocks(dimension, pairs), block => new(0.1 + block.FirstIndex, Math.Sqrt(2), -1 / 3.0, Math.PI + block.FirstIndex));
        var x = new float[dimension * Lanes];
        NormalsSimd.Fill(RandomStream.Of(8, "matrix\n", "x"), 0, x);
        float[] inPlace = [.. x];
        fixed (float* both = inPlace) matrix.Apply(both, both);
        for (int lane = 0; lane < Lanes; lane++)
        {
            var product = new float[dimension];
            matrix.Apply(Lane(x, lane), product);
            Assert.Equal(product, Lane(inPlace, lane));
        }
    }

    [Fact]
    public void Forms_are_the_diagonals_with_the_sum_of_the_others_between()
    {
        MixtureBlocks blocks = Blocks(5, true);
        var matrix = new BlockMatrix(blocks, Integers);
        float[] expected = [.. blocks.Pairs.Select(Integers).SelectMany(k => new[] { k.A11, k.A12 + k.A21, k.A22 }).Select(k => (float)k)];
        Assert.Equal(6, expected.Length);
        Assert.Equal(expected, matrix.PairForms());
        Assert.Equal([(float)Integers(blocks.Singles.Single()).A11], matrix.Singles.ToArray());
    }

    private static MixtureBlocks Blocks(int dimension, bool pairs) =>
        pairs ? new(MixtureCases.Of("drift", dimension, 1)) : MixtureBlocks.Isotropic(dimension);

    private static Matrix2 Integers(CoordinateBlock block) => new(block.FirstIndex + 2, block.FirstIndex - 7, 3, 5 - block.FirstIndex);

    private static float[] ByHand(MixtureBlocks blocks, float[] x)
    {
        var y = new List<float>();
        foreach (CoordinateBlock block in blocks.Pairs)
        {
            var (first, second) = Integers(block) * (x[y.Count], x[y.Count + 1]);
            y.AddRange([(float)first, (float)second]);
        }
        foreach (CoordinateBlock block in blocks.Singles) y.Add((float)(Integers(block).A11 * x[y.Count]));
        return [.. y];
    }

    private static float[] Lane(float[] lanes, int lane) => [.. lanes.Where((_, i) => i % Lanes == lane)];
}
