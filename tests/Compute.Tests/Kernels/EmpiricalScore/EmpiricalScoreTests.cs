using Sweeps.Compute.Experiments;
using Sweeps.Compute.Kernels.EmpiricalSampler;
using Sweeps.Compute.Kernels.EmpiricalScore;
using Sweeps.Compute.Models;

namespace Sweeps.Compute.Tests.Kernels.EmpiricalScore;

public unsafe class EmpiricalScoreTests
{
    public static TheoryData<string, int> Dimensions
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string law in new[] { "isotropic", "stiff", "drift" })
                foreach (int d in new[] { 1, 2, 3, 11, 12, 13, 64, 257 }) data.Add(law, d);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Every_dimension_and_training_size_follows_the_reference(string law, int dimension)
    {
        foreach (int n in new[] { 1, 2, 12, 13, 95, 96, 97, 300 }) AssertParity(ScoreCase.Mixture(law, dimension, 1), n, 5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(70)]
    public void Every_number_of_queries_follows_the_reference(int queries) => AssertParity(ScoreCase.Mixture("drift", 5, 1), 130, queries);

    [Theory]
    [InlineData("isotropic")]
    [InlineData("stiff")]
    [InlineData("drift")]
    public void Far_modes_cost_no_digits(string law) => AssertParity(ScoreCase.Mixture(law, 16, 300), 200, 20);

    [Fact]
    public void Raw_points_are_a_training_set_of_one_class()
    {
        float[] points = [0, 0, 3, 0, 0, 4];
        using var data = new TrainingSet(points, 2, SequentialLoop.Instance);
        using var score = new EmpiricalScoreSimd(data, 1);
        using var x = new SampleBlocks(1, 2) { [0, 0] = 3, [0, 1] = 0.1f };
        var frame = new ScoreFrame(MixtureBlocks.Isotropic(2), 1, new float[2], 0.01);
        score.Evaluate(frame, x.Block(0), default);
        Assert.Equal(1, score.LargestIndex(0));
        Assert.Equal(1, score.LargestWeight(0), 1e-6);
    }

    private static void AssertParity(GaussianMixture mixture, int n, int queries)
    {
        var one = new ScoreCase(mixture, n, queries);
        using var data = new TrainingSet(one.Training, n);
        using SampleBlocks x = new(queries, one.Dimension), mean = new(queries, one.Dimension);
        using var score = new EmpiricalScoreSimd(data, x.Blocks);
        foreach (double t in ScoreCase.Times)
        {
            one.Draw(t, x);
            score.Evaluate(one.Frame(t), x.Block(0), default);
            for (int block = 0; block < x.Blocks; block++) score.Mean(block, mean.Block(block));
            one.AssertClose(
                t, x, mean, q => (score.LogSum(q), score.Participation(q), score.LargestWeight(q), score.LargestIndex(q)));
        }
    }
}
