using System.Runtime.Intrinsics;
using Sweeps.Compute.Kernels;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalScore;

public sealed unsafe class SoftmaxLanesTests : IDisposable
{
    private const int Width = SoftmaxLanes.Width;
    private readonly AlignedBuffer state = new(SoftmaxLanes.Size);
    private readonly AlignedBuffer exponents = new(DataTile.Rows * Width);
    private readonly AlignedBuffer weights = new(DataTile.Rows * Width);

    public SoftmaxLanesTests() => SoftmaxLanes.Clear(state.Pointer);

    public void Dispose()
    {
        state.Dispose();
        exponents.Dispose();
        weights.Dispose();
    }

    [Fact]
    public void Weights_1_2_4_and_1_give_their_sums_at_any_height_of_a_lane()
    {
        Assert.True(Add(2, (row, lane) => 1000 * lane + row, out _));
        Assert.True(Add(2, (row, lane) => 1000 * lane + (row == 0 ? 2 : 0), out _));
        for (int lane = 0; lane < Width; lane++)
        {
            Assert.Equal(1000 * lane * Math.Log(2) + Math.Log(8), SoftmaxLanes.LogSum(state.Pointer, lane), 1e-6);
            Assert.Equal(22.0 / 64, SoftmaxLanes.Participation(state.Pointer, lane), 1e-7);
            Assert.Equal(0.5, SoftmaxLanes.LargestWeight(state.Pointer, lane), 1e-7);
        }
    }

    /// <summary>
    /// Lanes of different heights and spreads over tiles of different lengths; at the largest heights neighbouring floats are 64 apart. The
    /// double computation has the same floats. Relative errors: 3e-7 of a power, 2⁻²⁴ of an exponent up to 30 below the reference, sums.
    /// </summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 30)]
    [InlineData(100, 30)]
    [InlineData(1e5, 30)]
    [InlineData(1e5, 3000)]
    [InlineData(7e7, 300)]
    public void Sums_and_taken_weights_are_those_of_a_double_computation(double height, double spread)
    {
        RandomStream stream = RandomStream.Of(8, "softmax\n", "exponents");
        var all = new List<float>[Width];
        var sums = new double[Width];
        for (int lane = 0; lane < Width; lane++) all[lane] = [];
        uint tileIndex = 0;
        foreach (int rows in new[] { 96, 1, 13, 96, 96, 50, 96 })
        {
            uint replica = tileIndex++;
            bool matters = Add(
                rows,
                (row, lane) =>
                    (float)(height * (lane - 8) + spread * NormalsReference.Normal(stream.At(replica), (ulong)(row * Width + lane))),
                out SoftmaxTile tile);
            for (int lane = 0; lane < Width; lane++)
            {
                double taken = 0;
                for (int row = 0; row < rows; row++)
                {
                    all[lane].Add(exponents.Pointer[row * Width + lane]);
                    if (matters) taken += weights.Pointer[row * Width + lane];
                }
                if (!matters) continue;
                sums[lane] = sums[lane] * tile.Scale[lane] + taken;
                Assert.Equal(1, taken / tile.Sum[lane], 4e-6);
                Assert.Equal(state.Pointer[lane], tile.Reference[lane]);
                Assert.Contains(tile.Reference[lane], all[lane]);
            }
        }
        for (int lane = 0; lane < Width; lane++)
        {
            double top = all[lane].Max();
            double[] w = [.. all[lane].Select(exponent => Math.Pow(2, exponent - top))];
            Assert.Equal(1, SoftmaxLanes.LargestWeight(state.Pointer, lane) * w.Sum(), 4e-6);
            Assert.Equal(1, SoftmaxLanes.Participation(state.Pointer, lane) * w.Sum() * w.Sum() / w.Sum(value => value * value), 1e-5);
            double logSum = Math.Log(2) * top + Math.Log(w.Sum());
            Assert.Equal(logSum, SoftmaxLanes.LogSum(state.Pointer, lane), 4e-6 + 1e-15 * Math.Abs(logSum));
            Assert.Equal(1, SoftmaxLanes.Sums(state.Pointer)[lane] / sums[lane], 4e-6);
        }
    }

    [Fact]
    public void A_tile_is_passed_over_only_if_it_is_negligible_in_every_lane()
    {
        Assert.True(Add(3, (row, lane) => lane - row, out _));
        // After a tile that mattered the next is taken in unseen; the one after that is looked at first.
        Add(96, (_, lane) => lane - 40, out _);
        float[] before = state.Span.ToArray();
        Assert.False(Add(96, (_, lane) => lane - 40, out SoftmaxTile tile));
        Assert.Equal(default, tile);
        Assert.Equal(before, state.Span.ToArray());
        Assert.True(Add(96, (row, lane) => lane - (row == 95 && lane == 11 ? 39 : 40), out tile));
        Assert.False(tile.IsRescaled);
        for (int lane = 0; lane < Width; lane++)
        {
            Assert.Equal(lane * Math.Log(2) + Math.Log(1.75), SoftmaxLanes.LogSum(state.Pointer, lane), 1e-6);
            Assert.Equal(lane == 11 ? -39 : -40, tile.Top[lane]);
        }
    }

    [Fact]
    public void The_reference_moves_where_an_exponent_exceeds_it_by_more_than_30()
    {
        Assert.True(Add(1, (_, _) => 5, out SoftmaxTile first));
        Assert.True(Add(1, (_, _) => 35, out SoftmaxTile second));
        Assert.True(Add(2, (row, lane) => row == 1 && lane == 3 ? 36 : 4, out SoftmaxTile third));
        for (int lane = 0; lane < Width; lane++)
        {
            bool moves = lane == 3;
            Assert.Equal((5f, 0f, float.NegativeInfinity), (first.Reference[lane], first.Top[lane], first.TopBefore[lane]));
            Assert.Equal((5f, 30f, 0f, 1f), (second.Reference[lane], second.Top[lane], second.TopBefore[lane], second.Scale[lane]));
            Assert.Equal(
                moves ? (36f, 0f, -1f, MathF.ScaleB(1, -31)) : (5f, -1f, 30f, 1f),
                (third.Reference[lane], third.Top[lane], third.TopBefore[lane], third.Scale[lane]));
            Assert.Equal(moves ? 1 : 0.5f, weights.Pointer[Width + lane]);
            int[] exponentsBelowTop = moves ? [0, -1, -31, -32] : [0, -30, -31, -31];
            double[] w = [.. exponentsBelowTop.Select(exponent => Math.Pow(2, exponent))];
            Assert.Equal(Math.Log(2) * (moves ? 36 : 35) + Math.Log(w.Sum()), SoftmaxLanes.LogSum(state.Pointer, lane), 1e-6);
            Assert.Equal(w.Sum(value => value * value) / Math.Pow(w.Sum(), 2), SoftmaxLanes.Participation(state.Pointer, lane), 1e-6);
            Assert.Equal(1 / w.Sum(), SoftmaxLanes.LargestWeight(state.Pointer, lane), 1e-6);
        }
        Assert.True(first.IsRescaled);
        Assert.False(second.IsRescaled);
        Assert.True(third.IsRescaled);
    }

    [Fact]
    public void A_first_tile_without_weight_in_any_lane_is_no_beginning()
    {
        Assert.False(Add(7, (_, _) => float.NegativeInfinity, out _));
        Assert.True(Add(2, (row, lane) => row - 1e6f * lane, out _));
        for (int lane = 0; lane < Width; lane++)
        {
            Assert.Equal(-1e6 * lane * Math.Log(2) + Math.Log(3), SoftmaxLanes.LogSum(state.Pointer, lane), 1e-6);
            Assert.Equal(5.0 / 9, SoftmaxLanes.Participation(state.Pointer, lane), 1e-6);
        }
    }

    /// <summary>Exponents of a query that has overflowed; its own numbers say so, and nobody else's know of it.</summary>
    [Theory]
    [InlineData(0, float.NegativeInfinity)]
    [InlineData(9, float.NegativeInfinity)]
    [InlineData(0, float.NaN)]
    [InlineData(15, float.NaN)]
    [InlineData(0, float.PositiveInfinity)]
    [InlineData(15, float.PositiveInfinity)]
    public void A_lane_that_is_not_finite_stays_alone_and_does_not_become_finite(int broken, float exponent)
    {
        // Tiles that rise by less than the limit, by more, that are negligible, and that matter again.
        foreach (float height in new[] { 0, 20, 90, -70, -70, -70, 91 })
            Add(3, (row, lane) => lane == broken ? exponent : 100 * lane + height - row, out _);
        double sum = 1.75 * (1 + Math.Pow(2, -1) + Math.Pow(2, -71)), squares = 1.3125 * (1 + Math.Pow(2, -2));
        for (int lane = 0; lane < Width; lane++)
        {
            double logSum = SoftmaxLanes.LogSum(state.Pointer, lane);
            if (lane == broken)
            {
                Assert.False(double.IsFinite(logSum), $"{logSum}");
                Assert.False(double.IsFinite(SoftmaxLanes.Participation(state.Pointer, lane)));
                continue;
            }
            Assert.Equal(Math.Log(2) * (100 * lane + 91) + Math.Log(sum), logSum, 1e-5);
            Assert.Equal(squares / (sum * sum), SoftmaxLanes.Participation(state.Pointer, lane), 1e-6);
        }
    }

    private bool Add(int rows, Func<int, int, float> exponent, out SoftmaxTile tile)
    {
        for (int row = 0; row < rows; row++)
            for (int lane = 0; lane < Width; lane++) exponents.Pointer[row * Width + lane] = exponent(row, lane);
        var table = new Table(exponents.Pointer, weights.Pointer);
        return SoftmaxLanes.Add(state.Pointer, ref table, rows, out tile);
    }

    private readonly struct Table(float* exponents, float* weights) : IExponents
    {
        public Vector512<float> At(int row) => Vector512.Load(exponents + row * Width);

        public void Take(int row, Vector512<float> weight) => weight.Store(weights + row * Width);
    }
}
