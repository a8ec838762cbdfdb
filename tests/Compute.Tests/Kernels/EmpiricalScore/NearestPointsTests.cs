using Sweeps.Compute.Experiments;
using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Random;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalScore;

public unsafe class NearestPointsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(96)]
    [InlineData(97)]
    [InlineData(300)]
    public void The_two_nearest_are_those_of_sorted_distances(int n)
    {
        const int D = 7;
        TrainingPoints training = Training(D, 0);
        using var data = new TrainingSet(training, n);
        AssertNearest(training, data, n);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_class_may_be_empty(int present)
    {
        const int N = 4;
        uint replica = 0;
        while (Enumerable.Range(0, N).Any(mu => Training(3, replica).Class(mu) != present)) replica++;
        TrainingPoints training = Training(3, replica);
        using var data = new TrainingSet(training, N);
        Assert.Equal((1, present > 0 ? 1 : 0), (data.AllTiles.Length, data.TilesOfPlus));
        AssertNearest(training, data, N);
    }

    [Fact]
    public void Of_several_at_the_same_distance_the_lowest_come_first()
    {
        const int N = 250;
        // Points 3, 50, 120 and 249 are one, 5 and 200 lie as far on the other side of every sample: exact in single precision.
        float[] points = [.. Enumerable.Range(0, N).SelectMany(mu => mu switch
        {
            3 or 50 or 120 or 249 => (float[])[1, 2],
            5 or 200 => [1, -2],
            _ => [40 + mu, 0],
        })];
        using var data = new TrainingSet(points, 2, SequentialLoop.Instance);
        using var search = new NearestPoints(data);
        using var x = new SampleBlocks(32, 2);
        for (int lane = 0; lane < 32; lane++) (x[lane, 0], x[lane, 1]) = (lane % 2, lane < 16 ? 0 : lane % 4 < 2 ? 1 : -1);
        search.Find(x.Block(0));
        for (int lane = 0; lane < 32; lane++)
            Assert.Equal(lane < 16 ? (3, 5) : lane % 4 < 2 ? (3, 50) : (5, 200), search.Candidates(lane));
    }

    [Fact]
    public void A_search_forgets_the_one_before()
    {
        using var data = new TrainingSet([0, 10, 20], 1, SequentialLoop.Instance);
        using var search = new NearestPoints(data);
        using var x = new SampleBlocks(32, 1);
        search.Find(x.Block(0));
        Assert.Equal((0, 1), search.Candidates(31));
        for (int lane = 0; lane < 32; lane++) x[lane, 0] = 21;
        search.Find(x.Block(0));
        Assert.Equal((2, 1), search.Candidates(31));
    }

    private static TrainingPoints Training(int dimension, uint replica) =>
        new([1.5f, .. new float[dimension - 1]], 0.8, RandomStream.Of(4, "nearest\n", "training"), replica);

    private static void AssertNearest(TrainingPoints training, TrainingSet data, int n)
    {
        using var search = new NearestPoints(data);
        using var x = new SampleBlocks(32, training.Dimension);
        NormalsSimd.FillGroups(RandomStream.Of(4, "nearest\n", "x"), 0, x.Block(0), training.Dimension);
        search.Find(x.Block(0));
        var point = new float[training.Dimension];
        for (int lane = 0; lane < 32; lane++)
        {
            int[] sorted = [.. Enumerable.Range(0, n).OrderBy(mu =>
            {
                training.Row(mu, point);
                return point.Select((value, k) => Math.Pow((double)value - x[lane, k], 2)).Sum();
            })];
            Assert.Equal((sorted[0], n > 1 ? sorted[1] : -1), search.Candidates(lane));
        }
    }
}
