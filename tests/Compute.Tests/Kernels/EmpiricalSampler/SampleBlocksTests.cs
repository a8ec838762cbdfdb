using Sweeps.Compute.Kernels.EmpiricalSampler;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalSampler;

public unsafe class SampleBlocksTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(32, 3, 1)]
    [InlineData(33, 3, 2)]
    [InlineData(100, 7, 4)]
    public void A_sample_lies_in_its_lane_and_padding_is_zero(int count, int dimension, int blocks)
    {
        using var x = new SampleBlocks(count, dimension);
        Assert.Equal((count, dimension, blocks), (x.Count, x.Dimension, x.Blocks));
        for (int q = 0; q < count; q++)
            for (int i = 0; i < dimension; i++) x[q, i] = 1 + q * dimension + i;
        using var copy = new SampleBlocks(count, dimension);
        copy.CopyFrom(x);
        for (int b = 0; b < blocks; b++)
        {
            for (int i = 0; i < dimension; i++)
            {
                for (int lane = 0; lane < SampleBlocks.Lanes; lane++)
                {
                    int q = b * SampleBlocks.Lanes + lane;
                    float expected = q < count ? 1 + q * dimension + i : 0;
                    Assert.Equal(expected, x.Block(b)[i * SampleBlocks.Lanes + lane]);
                    Assert.Equal(expected, copy.Block(b)[i * SampleBlocks.Lanes + lane]);
                    if (q < count) Assert.Equal(expected, copy[q, i]);
                }
            }
        }
        Assert.Equal(0, (long)x.Block(0) % 64);
        Assert.Equal(SampleBlocks.Bytes(count, dimension), sizeof(float) * (double)SampleBlocks.Lanes * blocks * dimension);
    }

    [Fact]
    public void Samples_of_another_shape_are_not_copied()
    {
        using var x = new SampleBlocks(3, 2);
        using var other = new SampleBlocks(2, 3);
        Assert.Throws<ArgumentException>(() => x.CopyFrom(other));
    }
}
